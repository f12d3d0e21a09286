"""What one line of a reorganisation asks of one unit, as typed, as read and as stored."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOP_MARK = "*"  # in the column of the parent: the unit stands at the top
YES = frozenset({"x", "1", "yes", "có", "co", "true"})
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST = {"name": 255, "successors": 600}
LONGEST_CODE = 60

COLUMNS = {
    "code": gettext_lazy("Code of the unit"),
    "on": gettext_lazy("From the day"),
    "founds": gettext_lazy("Newly founded"),
    "name": gettext_lazy("New name"),
    "kind": gettext_lazy("New kind"),
    "parent": gettext_lazy("New unit above"),
    "successors": gettext_lazy("Merged or split into"),
    "ends": gettext_lazy("Dissolved"),
}


class LineError(Exception):
    """A line cannot be understood; the message is for the person who wrote it."""


@dataclass(frozen=True)
class Line:
    """Empty fields stay as they are. `parent` of a unit that ends is who keeps its page."""

    number: int
    code: str
    on: datetime.date
    founds: bool = False
    name: str = ""
    kind: str = ""
    parent: str = ""
    successors: tuple[str, ...] = field(default=())
    ends: bool = False

    @property
    def asks(self) -> tuple[str, ...]:
        """The fields that it changes."""
        names = ("name", "kind", "parent")
        changed = [name for name in names if getattr(self, name)]
        return (*changed, "ends") if self.ends else tuple(changed)

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat()}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Line:
        return Line(
            **{
                **data,
                "on": datetime.date.fromisoformat(data["on"]),
                "successors": tuple(data["successors"]),
            }
        )


def parsed(number: int, cells: Mapping[str, str], otherwise: datetime.date) -> Line:
    """A line of typed cells; one without a day of its own has the plan's."""
    for name, value in cells.items():
        if value.startswith(FORMULA_STARTS):
            raise LineError(
                _("“%(column)s” begins like a formula.") % {"column": COLUMNS[name]}
            )
        if len(value) > LONGEST.get(name, LONGEST_CODE):
            raise LineError(_("“%(column)s” is too long.") % {"column": COLUMNS[name]})
    successors = tuple(filter(None, re.split(r"[;,\s]+", cells.get("successors", ""))))
    line = Line(
        number=number,
        code=cells.get("code", ""),
        on=_day(cells.get("on", ""), otherwise),
        founds=_yes(cells, "founds"),
        name=" ".join(cells.get("name", "").split()),
        kind=cells.get("kind", ""),
        parent=cells.get("parent", ""),
        successors=tuple(dict.fromkeys(successors)),
        ends=_yes(cells, "ends") or bool(successors),
    )
    _refuse_nonsense(line)
    return line


def _refuse_nonsense(line: Line) -> None:
    if not line.code:
        raise LineError(_("The code of the unit is missing."))
    if not (line.founds or line.asks):
        raise LineError(_("The line says nothing about the unit but its code."))
    if line.founds and line.ends:
        raise LineError(_("A unit is not founded and ended in one line."))
    if line.founds and not (line.name and line.kind and line.parent):
        raise LineError(
            _(
                "A new unit needs a name, a kind and a unit above (%(top)s: it stands at the top)."
            )
            % {"top": TOP_MARK}
        )
    if line.ends and (line.name or line.kind):
        raise LineError(_("A unit that ends gets no new name or kind."))
    if len(line.successors) == 1 and line.parent:
        raise LineError(_("A merged unit goes below the one it is merged into."))


def _yes(cells: Mapping[str, str], name: str) -> bool:
    value = cells.get(name, "").casefold()
    if value and value not in YES:
        raise LineError(
            _("“%(column)s” takes an x or nothing.") % {"column": COLUMNS[name]}
        )
    return bool(value)


def _day(text: str, otherwise: datetime.date) -> datetime.date:
    """31/12/2025 as people write it, 2025-12-31 as programs do."""
    if not text:
        return otherwise
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    raise LineError(
        _("“%(text)s” is no day: write it like 01/07/2025.") % {"text": text[:20]}
    )
