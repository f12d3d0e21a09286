"""The form of a reorganisation: its name and day, a few lines by hand, or a spreadsheet."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from library.contributions.forms import Day
from library.reorganising import spreadsheets
from library.reorganising.lines import COLUMNS, TOP_MARK, Line, LineError, parsed
from library.reorganising.models import Reorganisation
from library.reorganising.replay import Problem, day_text
from library.reorganising.spreadsheets import Cells, UnreadableError
from library.units.models import UnitKind

BY_HAND = 40  # lines that are still edited one by one
SPARE = 3
CODES = {"list": "unit-codes", "autocomplete": "off", "spellcheck": "false"}


class PlanForm(forms.ModelForm[Reorganisation]):
    on = Day(
        label=gettext_lazy("From the day"),
        help_text=gettext_lazy(
            "For every line without a day of its own. A day to come: it waits until then."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX or CSV; it takes the place of the lines below."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    class Meta:
        model = Reorganisation
        fields = ("name", "on", "carries_roles")

    field_order = ("name", "on", "carries_roles", "file")

    def rows(self) -> list[tuple[int, Cells]]:
        """What the spreadsheet says; a file that cannot be read is this form's error."""
        try:
            return spreadsheets.read(self.cleaned_data["file"])
        except UnreadableError as error:
            self.add_error("file", str(error))
            return []


class LineForm(forms.Form):
    """One line as typed; what it may say is for `lines` to tell."""

    code = forms.CharField(
        label=COLUMNS["code"], required=False, widget=forms.TextInput(CODES)
    )
    parent = forms.CharField(
        label=COLUMNS["parent"], required=False, widget=forms.TextInput(CODES)
    )
    successors = forms.CharField(
        label=COLUMNS["successors"], required=False, widget=forms.TextInput(CODES)
    )
    name = forms.CharField(label=COLUMNS["name"], required=False)
    kind = forms.ModelChoiceField(
        UnitKind.objects.all(),
        to_field_name="code",
        label=COLUMNS["kind"],
        required=False,
        empty_label=pgettext_lazy("a kind of unit", "as it is"),
    )
    on = Day(label=COLUMNS["on"], required=False)
    founds = forms.BooleanField(label=COLUMNS["founds"], required=False)
    ends = forms.BooleanField(label=COLUMNS["ends"], required=False)

    def cells(self) -> Cells:
        """As a spreadsheet would have them."""
        found = self.cleaned_data
        texts = {
            "kind": found["kind"].code if found.get("kind") else "",
            "on": found["on"].isoformat() if found.get("on") else "",
            "ends": "x" if found.get("ends") else "",
            "founds": "x" if found.get("founds") else "",
        }
        typed = ("code", "parent", "successors", "name")
        cells = texts | {name: found.get(name, "") for name in typed}
        return {name: text for name, text in cells.items() if text}


def line_forms(
    data: Any | None, plan: Reorganisation | None = None
) -> forms.BaseFormSet[LineForm]:
    """The plan's lines and some empty ones; of a long list, only what a file brings."""
    lines = plan.asked if plan else []
    by_hand = lines if len(lines) <= BY_HAND else []
    made = forms.formset_factory(LineForm, extra=SPARE, max_num=BY_HAND + SPARE)
    day = plan.on if plan else None
    return made(data, initial=[_typed(line, day) for line in by_hand], prefix="lines")


def _typed(line: Line, day: datetime.date | None) -> dict[str, Any]:
    return {
        "code": line.code,
        "ends": line.ends and not line.successors,
        "founds": line.founds,
        "parent": line.parent,
        "successors": ", ".join(line.successors),
        "name": line.name,
        "kind": line.kind,
        "on": line.on if line.on != day else None,
    }


def typed_rows(formset: forms.BaseFormSet[LineForm]) -> list[tuple[int, Cells]]:
    """Those that were filled in, numbered as they stand there."""
    rows = [
        (number, form.cells())
        for number, form in enumerate(formset.forms, start=1)
        if form.is_valid()
    ]
    return [(number, cells) for number, cells in rows if cells]


def lines_of(
    rows: Sequence[tuple[int, Cells]], otherwise: datetime.date
) -> tuple[list[Line], list[Problem]]:
    """Lines that can be understood, and why others cannot."""
    kinds = _kinds()
    lines: list[Line] = []
    problems: list[Problem] = []
    for number, cells in rows:
        kind = cells.get("kind", "")
        known = cells | {"kind": kinds.get(kind.casefold(), kind)}
        try:
            lines.append(parsed(number, known, otherwise))
        except LineError as error:
            problems.append(Problem(number, str(error)))
    return lines, problems


def _kinds() -> dict[str, str]:
    """Codes by code and by name, as people write them in a spreadsheet."""
    found = list(UnitKind.objects.values_list("code", "name"))
    return {text.casefold(): code for code, name in found for text in (name, code)}


def line_words(line: Line, names: dict[str, str], kinds: dict[str, str]) -> str:
    """What a line asks, in a sentence."""
    said: Iterable[str] = filter(None, _asked(line, names, kinds))
    return "; ".join((*said, _("from %(day)s") % {"day": day_text(line.on)}))


def _asked(line: Line, names: dict[str, str], kinds: dict[str, str]) -> Iterable[str]:
    def named(code: str) -> str:
        return _("the top") if code == TOP_MARK else names.get(code, code)

    if line.founds:
        yield _("newly founded")
    if line.successors:
        into = ", ".join(map(named, line.successors))
        yield _("ends, merged or split into %(names)s") % {"names": into}
    elif line.ends:
        yield _("dissolved")
    if line.name:
        yield _("name: “%(name)s”") % {"name": line.name}
    if line.kind:
        yield _("kind: %(kind)s") % {"kind": kinds.get(line.kind, line.kind)}
    if line.parent:
        yield _("below %(name)s") % {"name": named(line.parent)}
