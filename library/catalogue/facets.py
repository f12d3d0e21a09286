"""Facets in the address: which parameters choose what, and the links that change them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from search.results import FacetCount, Hits

SHOWN_AT_ONCE = 8


@dataclass(frozen=True)
class Axis:
    facet: str  # the engine's name
    parameter: str  # in the address
    title: str | Promise
    is_numbered: bool = False  # then in the order of its numbers, not of its counts


AXES = (
    Axis("subject", "mon", _("Subject")),
    Axis("grade", "lop", _("Grade"), is_numbered=True),
    Axis("skill", "ky-nang", _("Skill")),
    Axis("unit", "don-vi", _("Unit")),
    Axis("kind", "loai", _("Kind")),
    Axis("length", "do-dai", _("Length")),
    Axis("captions", "phu-de", _("Captions")),
    Axis("series", "chuyen-de", _("Series")),
    Axis("licence", "giay-phep", _("Licence")),
)


@dataclass(frozen=True)
class Option:
    name: str
    clips: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    title: str
    first: tuple[Option, ...]
    more: tuple[Option, ...]
    is_open: bool


@dataclass(frozen=True)
class Chip:
    label: str
    remove_url: str


def chosen(parameters: QueryDict) -> dict[str, tuple[str, ...]]:
    """The engine's filters; parameters that are no facet (a tracker's, say) are not ours."""
    return {
        axis.facet: tuple(filter(None, parameters.getlist(axis.parameter)))
        for axis in AXES
        if any(parameters.getlist(axis.parameter))
    }


def groups(hits: Hits, parameters: QueryDict) -> list[Group]:
    """Only what exists: a facet with one value that changes nothing is left out."""
    return [
        _group(axis, counts, parameters)
        for axis in AXES
        if (counts := hits.facets.get(axis.facet, ()))
        and (len(counts) > 1 or counts[0].count < hits.total or _has(axis, parameters))
    ]


def chips(hits: Hits, parameters: QueryDict) -> list[Chip]:
    """One for each chosen value; a value that nothing carries shows itself as typed."""
    return [
        Chip(
            label=f"{axis.title}: {_names(hits, axis).get(code, code)}",
            remove_url=toggled(parameters, axis, code),
        )
        for axis, code in _chosen_pairs(parameters)
    ]


def toggled(parameters: QueryDict, axis: Axis, code: str) -> str:
    """The address with one value more or less, and from the first page again."""
    changed = parameters.copy()
    changed.pop("page", None)
    codes = changed.getlist(axis.parameter)
    if code in codes:
        codes = [each for each in codes if each != code]
    else:
        codes = [*codes, code]
    changed.setlist(axis.parameter, codes)
    return f"?{changed.urlencode()}"


def _chosen_pairs(parameters: QueryDict) -> Iterator[tuple[Axis, str]]:
    for axis in AXES:
        for code in filter(None, parameters.getlist(axis.parameter)):
            yield axis, code


def _has(axis: Axis, parameters: QueryDict) -> bool:
    return any(parameters.getlist(axis.parameter))


def _names(hits: Hits, axis: Axis) -> dict[str, str]:
    return {each.code: str(each.name) for each in hits.facets.get(axis.facet, ())}


def _group(axis: Axis, counts: tuple[FacetCount, ...], parameters: QueryDict) -> Group:
    codes = parameters.getlist(axis.parameter)
    options = [
        Option(
            name=str(each.name),
            clips=each.count,
            url=toggled(parameters, axis, each.code),
            is_chosen=each.code in codes,
        )
        for each in counts
    ]
    if axis.is_numbered:
        options.sort(key=lambda option: _number_in(option.name))
    options.sort(key=lambda option: not option.is_chosen)
    return Group(
        title=str(axis.title),
        first=tuple(options[:SHOWN_AT_ONCE]),
        more=tuple(options[SHOWN_AT_ONCE:]),
        is_open=any(option.is_chosen for option in options),
    )


def _number_in(name: str) -> int:
    """10 of “Lớp 10”; what has no number goes last."""
    digits = re.search(r"\d{1,9}", name)
    return int(digits[0]) if digits else 10**9
