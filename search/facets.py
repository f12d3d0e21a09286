"""The facets: their names, the values that are fixed, and the labels that a record carries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from search.documents import Label, Record
from search.text import readable

FACETS = (
    "subject",
    "grade",
    "skill",
    "unit",
    "series",
    "kind",
    "licence",
    "captions",
    "length",
)
# How many values a facet shows at most, the most frequent ones; chosen ones in any case.
# Nobody reads so many, and each costs time; the units of a province are a tree of which
# none may be cut off while one below it is shown.
MOST_VALUES = {"unit": 1_000}
MOST_OTHERS = 50
# Not a facet (too many values), but completed while typing, like the names of facets.
SPEAKER = "speaker"

_MINUTE_MS = 60_000
SHORT_BELOW_MS = 5 * _MINUTE_MS
LONG_FROM_MS = 20 * _MINUTE_MS

# Values that are ours and not data: shown in the reader's language.
FIXED_NAMES = {
    ("captions", "yes"): _("With captions"),
    ("length", "short"): pgettext_lazy("length of a clip", "Under 5 minutes"),
    ("length", "medium"): pgettext_lazy("length of a clip", "5 to 20 minutes"),
    ("length", "long"): pgettext_lazy("length of a clip", "Over 20 minutes"),
}


class FacetLabel(NamedTuple):
    """One value of one facet; `parent` is the code of the unit above, "" elsewhere."""

    facet: str
    code: str
    name: str
    parent: str = ""


def most_values(facet: str) -> int:
    """Equals at the end are kept in the order of their codes."""
    return MOST_VALUES.get(facet, MOST_OTHERS)


def labels_of(record: Record) -> tuple[FacetLabel, ...]:
    """Each label once. A record counts for its unit and for every unit above it."""
    unique = {(label.facet, label.code): label for label in _labels(record)}
    return tuple(unique.values())


def length_of(duration_ms: int) -> str:
    """The code of the length, "" where the duration is not known."""
    if duration_ms <= 0:
        return ""
    if duration_ms < SHORT_BELOW_MS:
        return "short"
    return "medium" if duration_ms < LONG_FROM_MS else "long"


def _labels(record: Record) -> Iterator[FacetLabel]:
    filed_under = (
        ("subject", (record.subject,)),
        ("grade", record.grades),
        ("skill", record.skills),
        ("series", (record.series,)),
        ("kind", (record.kind,)),
        (SPEAKER, tuple(Label(name, name) for name in record.speakers)),
        ("licence", (Label(record.licence, record.licence),)),
        ("captions", (Label("yes", "yes"),) if record.captions else ()),
        ("length", (Label(length := length_of(record.duration_ms), length),)),
    )
    for facet, labels in filed_under:
        for label in labels:
            if label is not None and label.code:
                yield _label(facet, label)
    above = ""
    for unit in record.units:
        yield _label("unit", unit, above)
        above = readable(unit.code)


@lru_cache(maxsize=5_000)
def _label(facet: str, label: Label, parent: str = "") -> FacetLabel:
    return FacetLabel(facet, readable(label.code), readable(label.name), parent)
