"""Facets in the address: which parameters choose what, and the links that change them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library.catalogue.branches import Branch, tree, without_lone_root
from library.clips.licences import LICENCES
from search.facets import SPEAKER
from search.queries import LONGEST_TEXT
from search.results import FacetCount, Hits
from search.text import fold, readable

SHOWN_AT_ONCE = 8
LONGEST_CODE = 100
MOST_CHOSEN = 50  # of one facet


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
class Options:
    """One level of a facet: what is seen at once, and the rest."""

    first: tuple[Option, ...] = ()
    more: tuple[Option, ...] = ()

    @property
    def all(self) -> tuple[Option, ...]:
        return self.first + self.more


@dataclass(frozen=True)
class Option:
    name: str
    note: str  # what the name means, where it does not say so itself
    clips: int
    url: str
    is_chosen: bool
    below: Options = Options()

    @property
    def is_open(self) -> bool:
        """Something below it is chosen."""
        return any(each.is_chosen or each.is_open for each in self.below.all)


@dataclass(frozen=True)
class Group:
    title: str
    options: Options
    is_open: bool


@dataclass(frozen=True)
class Chip:
    label: str
    remove_url: str


def chosen(parameters: QueryDict) -> dict[str, tuple[str, ...]]:
    """The engine's filters; parameters that are no facet (a tracker's, say) are not ours."""
    return {axis.facet: codes for axis in AXES if (codes := _codes(parameters, axis))}


def bounded(parameters: QueryDict, others: Iterable[str]) -> QueryDict:
    """What the links of the page carry on: facets and `others`, nothing of a tracker's.

    No code is as long as LONGEST_CODE: what is cut finds as little as it did before.
    """
    kept = QueryDict(mutable=True)
    known = {axis.parameter for axis in AXES}
    for name, values in parameters.lists():
        if name in known:
            codes = [readable(value)[:LONGEST_CODE] for value in values if value]
            kept.setlist(name, codes[:MOST_CHOSEN])
        elif name in others:
            kept[name] = readable(values[-1])[:LONGEST_TEXT]
    return kept


def misnamed(parameters: QueryDict) -> list[str]:
    """Parameters that mean a facet by a name it does not have here: `mon-hoc`, `grade`.

    They would change nothing, and their writer would believe what is shown. Other
    unknown parameters are the trackers' that every shared link collects.
    """
    known = {axis.parameter for axis in AXES}
    return [
        name for name in parameters if name not in known and _bare(name) in _meant()
    ]


def groups(hits: Hits, parameters: QueryDict) -> list[Group]:
    """Only what exists: a facet with one value that changes nothing is left out."""
    found = []
    for axis in AXES:
        codes = _codes(parameters, axis)
        branches = without_lone_root(tree(hits.facets.get(axis.facet, ())), codes)
        if not branches:
            continue
        if codes or len(branches) > 1 or branches[0].value.count < hits.total:
            options = _options(axis, parameters, branches)
            found.append(Group(str(axis.title), options, is_open=bool(codes)))
    return found


def chips(hits: Hits, parameters: QueryDict) -> list[Chip]:
    """One for each chosen value; a value that nothing carries shows itself as typed."""
    return [
        Chip(_label(axis, _names(hits, axis), code), toggled(parameters, axis, code))
        for axis, code in _chosen_pairs(parameters)
    ]


def toggled(
    parameters: QueryDict, axis: Axis, code: str, instead_of: Iterable[str] = ()
) -> str:
    """The address with one value more or less, and from the first page again."""
    changed = parameters.copy()
    changed.pop("page", None)
    codes = changed.getlist(axis.parameter)
    if code in codes:
        codes = [each for each in codes if each != code]
    else:
        codes = [*(each for each in codes if each not in instead_of), code]
    changed.setlist(axis.parameter, codes)
    return f"?{changed.urlencode()}"


def _options(
    axis: Axis,
    parameters: QueryDict,
    branches: tuple[Branch, ...],
    above: frozenset[str] = frozenset(),
) -> Options:
    options = [_option(axis, parameters, branch, above) for branch in branches]
    if axis.is_numbered:
        options.sort(key=lambda option: _number_in(option.name))
    options.sort(key=lambda option: not (option.is_chosen or option.is_open))
    return Options(tuple(options[:SHOWN_AT_ONCE]), tuple(options[SHOWN_AT_ONCE:]))


def _option(
    axis: Axis, parameters: QueryDict, branch: Branch, above: frozenset[str]
) -> Option:
    code = branch.value.code
    # Whoever chooses a school of a chosen district wants the school, and the other way
    # round; side by side they would be the district again.
    kin = above | branch.codes
    return Option(
        name=_name(axis, branch.value),
        note=_note(axis, branch.value),
        clips=branch.value.count,
        url=toggled(parameters, axis, code, kin),
        is_chosen=code in _codes(parameters, axis),
        below=_options(axis, parameters, branch.below, above | {code}),
    )


@cache
def _meant() -> frozenset[str]:
    """What a facet is called by the engine, in the address and in each language."""
    names = {SPEAKER, *(name for axis in AXES for name in (axis.facet, axis.parameter))}
    for language, _name_of_it in settings.LANGUAGES:
        with translation.override(language):
            names |= {str(axis.title) for axis in AXES}
    return frozenset(map(_bare, names))


def _bare(name: str) -> str:
    """Without marks, hyphens, brackets and the plural: Môn học, mon_hoc and mon-hoc[] are one."""
    return fold(name).replace(" ", "").removesuffix("s")


def _codes(parameters: QueryDict, axis: Axis) -> tuple[str, ...]:
    return tuple(filter(None, parameters.getlist(axis.parameter)))


def _chosen_pairs(parameters: QueryDict) -> Iterator[tuple[Axis, str]]:
    for axis in AXES:
        for code in _codes(parameters, axis):
            yield axis, code


def _label(axis: Axis, names: dict[str, str], code: str) -> str:
    """“Lớp 10” says itself what it is, “Toán” does not: “Môn học: Toán”."""
    title, name = str(axis.title), names.get(code, "")
    return name if title.casefold() in name.casefold() else f"{title}: {name or code}"


def _names(hits: Hits, axis: Axis) -> dict[str, str]:
    return {each.code: _name(axis, each) for each in hits.facets.get(axis.facet, ())}


def _name(axis: Axis, value: FacetCount) -> str:
    if axis.facet == "licence" and value.code in LICENCES:
        return LICENCES[value.code].short
    return str(value.name)


def _note(axis: Axis, value: FacetCount) -> str:
    if axis.facet == "licence" and value.code in LICENCES:
        return str(LICENCES[value.code].meaning)
    return ""


def _number_in(name: str) -> int:
    """10 of “Lớp 10”; what has no number goes last."""
    digits = re.search(r"\d{1,9}", name)
    return int(digits[0]) if digits else 10**9
