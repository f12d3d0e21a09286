"""What a reorganisation would change, told before it is applied: a dry run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, TextChoices
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.clips.models import ClipPage
from library.contributions.models import Target
from library.reorganising.checking import Outcome
from library.reorganising.lines import Line
from library.reorganising.roles import Gift
from library.reorganising.states import TOP, Chart, UnitState
from library.units import names
from library.units.models import Membership, Role, Succession, UnitKind, UnitPage

ENDS = gettext_lazy(
    "%(campaign)s: the target of %(clips)s clips stays with “%(unit)s”, which ends."
)
OF_KIND = gettext_lazy(
    "%(campaign)s: %(clips)s clips of each “%(kind)s”, of which there are %(new)s "
    "instead of %(old)s."
)
SEEN_AT_ONCE = 12
NAMED = 3  # so many units are named, the others counted


@dataclass(frozen=True)
class UnitChange:
    """`clips` are those of the unit and of all below it."""

    code: str
    name: str
    words: tuple[str, ...]
    clips: int
    sort: Sort


class Sort(TextChoices):
    """What becomes of a unit above all; in this order they are told."""

    ENDS = "ends", gettext_lazy("Units that end")
    CHANGES = "changes", gettext_lazy("Units that change")
    FOUNDED = "founded", gettext_lazy("Units that are founded")
    FOLLOWS = "follows", gettext_lazy("Units that go along")  # no line names them


@dataclass(frozen=True)
class Group:
    """`is_open`: few enough to be seen at once."""

    title: str
    units: tuple[UnitChange, ...]

    @property
    def is_open(self) -> bool:
        return len(self.units) <= SEEN_AT_ONCE


@dataclass(frozen=True)
class PersonChange:
    """`is_given`: the role is new, and goes along with what a unit was."""

    name: str
    account: str
    role: str
    unit: str
    gains: str
    loses: str
    is_given: bool = False


@dataclass(frozen=True)
class Effects:
    units: tuple[UnitChange, ...]
    people: tuple[PersonChange, ...]
    targets: tuple[str, ...]
    clips: int  # whose place in the tree changes

    @property
    def groups(self) -> tuple[Group, ...]:
        found = (
            Group(str(sort.label), tuple(u for u in self.units if u.sort == sort))
            for sort in Sort
        )
        return tuple(group for group in found if group.units)


def effects_of(
    outcome: Outcome, lines: Iterable[Line], chart: Chart, gifts: Iterable[Gift] = ()
) -> Effects:
    """Few queries, whatever the number of units, people and clips."""
    after = {**chart, **outcome.after}
    old, new = _Tree(chart), _Tree(after)
    own = _own_clips()
    moved = [
        code
        for code, unit in outcome.after.items()
        if (known := outcome.before[code]) and known.parent != unit.parent
    ]
    touched = frozenset[str]().union(*(old.below(code) for code in moved))
    return Effects(
        units=_changes(outcome, lines, after, old, own),
        people=(*_people(old, new, after), *_given(gifts, new, after)),
        targets=tuple(_targets(chart, after)),
        clips=sum(own[code] for code in touched),
    )


def done_by(outcome: Outcome, lines: Iterable[Line], now: Chart) -> Effects:
    """Of one that was applied: what became of the units, as it was then."""
    before = {code: unit for code, unit in outcome.before.items() if unit}
    then = {**now, **outcome.after}
    units = _changes(outcome, lines, then, _Tree({**now, **before}), _own_clips())
    return Effects(units, (), (), 0)


def _changes(
    outcome: Outcome,
    lines: Iterable[Line],
    after: Chart,
    old: _Tree,
    own: Counter[str],
) -> tuple[UnitChange, ...]:
    asked = {line.code for line in lines}
    kinds = dict(UnitKind.objects.values_list("code", "name"))
    return tuple(
        UnitChange(
            code=code,
            name=(outcome.before[code] or unit).name,
            words=tuple(_words(outcome.before[code], unit, after, kinds)),
            clips=sum(own[each] for each in old.below(code)),
            sort=_sort(outcome.before[code], unit, is_asked=code in asked),
        )
        for code, unit in outcome.after.items()
    )


class _Tree:
    """Who stands below whom, as the units stand last."""

    def __init__(self, units: Chart) -> None:
        self._units = units
        self._children: defaultdict[str, list[str]] = defaultdict(list)
        for unit in units.values():
            self._children[unit.parent].append(unit.code)
        self._below: dict[str, frozenset[str]] = {}

    def highest(self, codes: frozenset[str]) -> list[str]:
        """Those of which none above is among them; they stand for what is below them."""
        return [
            code
            for code, unit in self._units.items()
            if code in codes and unit.parent not in codes
        ]

    def below(self, code: str) -> frozenset[str]:
        """The unit and all below it."""
        if code not in self._below:
            found, waiting = [], [code]
            while waiting:
                found.append(at := waiting.pop())
                waiting += self._children[at]
            self._below[code] = frozenset(found)
        return self._below[code]


def _own_clips() -> Counter[str]:
    """Clips of each unit itself, drafts too, by the unit's code."""
    above = Substr("path", 1, Length("path") - ClipPage.steplen)
    rows = (
        ClipPage.objects.order_by()
        .annotate(above=above)
        .values("above")
        .annotate(number=Count("pk"))
    )
    codes = dict(UnitPage.objects.values_list("path", "code"))
    found = rows.values_list("above", "number")
    return Counter({codes[path]: number for path, number in found if path in codes})


def _sort(before: UnitState | None, after: UnitState, *, is_asked: bool) -> Sort:
    if before is None:
        return Sort.FOUNDED
    if after.ended_on is not None and before.ended_on is None:
        return Sort.ENDS
    return Sort.CHANGES if is_asked else Sort.FOLLOWS


def _words(
    before: UnitState | None, after: UnitState, units: Chart, kinds: Mapping[str, str]
) -> Iterator[str]:
    """What becomes of one unit, a sentence for each change."""
    if before is None:
        words = {"kind": kinds[after.kind], "parent": _name(after.parent, units)}
        yield _("founded: %(kind)s, below %(parent)s") % words
        return
    if after.name != before.name:
        yield _("new name: “%(name)s”") % {"name": after.name}
    if after.kind != before.kind:
        words = {"old": kinds[before.kind], "new": kinds[after.kind]}
        yield _("kind: %(old)s → %(new)s") % words
    if after.ended_on is not None and before.ended_on is None:
        yield _end(after, units)
    elif after.parent != before.parent:
        places = _name(before.parent, units), _name(after.parent, units)
        yield _("moves: %(old)s → %(new)s") % dict(
            zip(("old", "new"), places, strict=True)
        )


def _end(unit: UnitState, units: Chart) -> str:
    names = ", ".join(_name(code, units) for code in unit.successors)
    said = {
        Succession.MERGE: _("ends, merged into %(names)s"),
        Succession.SPLIT: _("ends, split into %(names)s"),
        Succession.RENAME: _("goes on as %(names)s"),
        Succession.DISSOLVE: _("is dissolved; %(names)s keeps its page and clips"),
    }
    return said[Succession(unit.became)] % {"names": names}


def _name(code: str, units: Chart) -> str:
    return _("the top") if code == TOP else f"“{units[code].name}”"


def _people(old: _Tree, new: _Tree, units: Chart) -> Iterator[PersonChange]:
    """Roles that hold today and reach other units afterwards."""
    held = Membership.objects.valid_on().select_related("user", "unit")
    for each in held.order_by("unit__path", "role", "user__username"):
        before, after = old.below(each.unit.code), new.below(each.unit.code)
        if before == after:
            continue
        yield PersonChange(
            name=names.shown(each.user),
            account=each.user.get_username(),
            role=str(Role(each.role).label),
            unit=each.unit.title,
            gains=_list(new.highest(after - before), units),
            loses=_list(old.highest(before - after), units),
        )


def _given(gifts: Iterable[Gift], new: _Tree, units: Chart) -> Iterator[PersonChange]:
    """Whom a role follows to another unit, and what they reach by it."""
    gifts = list(gifts)
    users = User.objects.in_bulk({gift.user for gift in gifts})
    for gift in gifts:
        user, reached = users[gift.user], new.below(gift.unit) - new.below(gift.old)
        yield PersonChange(
            name=names.shown(user),
            account=user.get_username(),
            role=str(Role(gift.role).label),
            unit=units[gift.unit].name,
            gains=_list(new.highest(reached), units),
            loses="",
            is_given=True,
        )


def _list(codes: Iterable[str], units: Chart) -> str:
    names = [units[code].name for code in codes]
    shown = ", ".join(names[:NAMED])
    if len(names) <= NAMED:
        return shown
    more = {"names": shown, "number": len(names) - NAMED}
    return _("%(names)s and %(number)s more") % more


def _targets(chart: Chart, after: Chart) -> Iterator[str]:
    """Targets stay with a unit that ends; those of a kind go with the kind."""
    old, new = _of_kind(chart), _of_kind(after)
    rows = Target.objects.select_related("campaign", "unit", "unit_kind")
    for target in rows.order_by("campaign", "pk"):
        words = {"campaign": target.campaign.name, "clips": target.clips}
        if target.unit is not None:
            code = target.unit.code
            if after[code] != chart[code] and after[code].ended_on:
                yield ENDS % {**words, "unit": after[code].name}
        elif target.unit_kind is not None:
            kind = target.unit_kind.code
            if old[kind] != new[kind]:
                words |= {"kind": target.unit_kind.name, "old": old[kind]}
                yield OF_KIND % {**words, "new": new[kind]}


def _of_kind(units: Chart) -> Counter[str]:
    return Counter(unit.kind for unit in units.values() if unit.ended_on is None)
