"""What an entry of the log changed: names with what was there before, and after.

Rooms write `data={"before": {...}, "after": {...}}` into Wagtail's log; a value may be
a text, a number, a day, a list of these, or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import BaseLogEntry

NAMES = {
    "child": gettext_lazy("child agreed on"),
    "clips": gettext_lazy("clips"),
    "consent": gettext_lazy("consent"),
    "deadline": gettext_lazy("deadline"),
    "description": gettext_lazy("description"),
    "ends_on": gettext_lazy("until"),
    "file": gettext_lazy("file"),
    "guardian": gettext_lazy("guardian agreed on"),
    "kind": gettext_lazy("kind"),
    "name": gettext_lazy("name"),
    "parent": gettext_lazy("unit above"),
    "person": gettext_lazy("person"),
    "role": gettext_lazy("role"),
    "starts_on": gettext_lazy("from"),
    "state": gettext_lazy("state"),
    "steps": gettext_lazy("steps"),
    "targets": gettext_lazy("targets"),
    "title": gettext_lazy("title"),
    "unit": gettext_lazy("unit"),
    "units": gettext_lazy("units"),
    "valid_from": gettext_lazy("from"),
    "valid_until": gettext_lazy("until"),
    "verdict": gettext_lazy("decision"),
    "words": gettext_lazy("explanation"),
}


@dataclass(frozen=True)
class Change:
    """`before` or `after` is empty where there was, or is, nothing."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        name = f"{self.name}: " if self.name else ""
        return f"{name}{self.before or '–'} → {self.after or '–'}"


def of(entry: BaseLogEntry) -> list[Change]:
    """Only what differs; an entry that tells no before and after has none.

    In an order of ours: PostgreSQL keeps none of a JSON object's names.
    """
    before, after = _named(entry, "before"), _named(entry, "after")
    return [
        Change(str(NAMES.get(name, name)), _text(old), _text(new))
        for name in sorted({*before, *after})
        if (old := before.get(name)) != (new := after.get(name))
    ]


def _named(entry: BaseLogEntry, side: str) -> Mapping[str, Any]:
    """A side that is a mere value has no name of its own."""
    told = (entry.data or {}).get(side)
    if isinstance(told, Mapping):
        return told
    return {} if told is None else {"": told}


def _text(value: Any) -> str:
    match value:
        case None | "" | []:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(map(_text, value))
        case Mapping():
            return ", ".join(
                f"{name}: {_text(part)}" for name, part in sorted(value.items())
            )
    return str(value)
