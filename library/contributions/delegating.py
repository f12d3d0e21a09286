"""A unit passes its target on: each unit right below gets its share of it.

What a campaign sets for one unit by name stays with whoever edits campaigns. What it
sets for a kind of unit is the least that a unit of that kind may be given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from library.contributions import goals, trees
from library.contributions.models import Campaign, Headcount, Target
from library.units.models import UnitPage

ACTION = "contributions.delegate"


@dataclass(frozen=True)
class Share:
    """One unit below: what it was `given`, unless the campaign itself says (`fixed`)."""

    unit: UnitPage
    least: int
    given: int | None
    fixed: int | None
    members: int | None

    @property
    def clips(self) -> int:
        return next(
            (n for n in (self.fixed, self.given, self.least) if n is not None), 0
        )


@dataclass(frozen=True)
class Delegation:
    campaign: Campaign
    unit: UnitPage
    target: int | None
    shares: tuple[Share, ...]

    @property
    def passed_on(self) -> int:
        return sum(share.clips for share in self.shares)

    @property
    def left(self) -> int | None:
        """Of the own target; less than nothing where more was passed on."""
        return None if self.target is None else self.target - self.passed_on

    @property
    def surplus(self) -> int:
        """How much is left or too much, without its sign."""
        return abs(self.left or 0)


def delegation(campaign: Campaign, unit: UnitPage) -> Delegation:
    """Six queries, whatever the number of units."""
    known = trees.units()
    below = _below(unit)
    wanted = goals.targets_of(campaign, {unit.pk: known[unit.pk]})
    rows = list(campaign.targets.filter(clip_kind=None))
    for_kinds = {row.unit_kind_id: row.clips for row in rows if row.unit_kind_id}
    named = {row.unit_id: row for row in rows if row.unit_id}
    members = dict(
        Headcount.objects.filter(unit__in=below).values_list("unit_id", "members")
    )
    return Delegation(
        campaign,
        unit,
        goals.sum_of(wanted.get(unit.pk, {})) or None,
        tuple(
            _share(each, for_kinds, named.get(each.pk), members.get(each.pk))
            for each in below
        ),
    )


@transaction.atomic
def delegate(
    found: Delegation,
    wanted: Mapping[int, int | None],
    members: Mapping[int, int | None],
    by: User,
) -> None:
    """Writes what differs; who had what before and after is in the log of the unit.

    One at a time for a campaign, and by what stands then: no unit gets a target twice.
    """
    rows = Campaign.objects.select_for_update(no_key=True)
    found = delegation(rows.get(pk=found.campaign.pk), found.unit)
    before, after = {}, {}
    for share in found.shares:
        pk, code = share.unit.pk, share.unit.code
        if members.get(pk) != share.members:
            _count_members(share.unit, members.get(pk))
        if share.fixed is None and wanted.get(pk) != share.given:
            before[code], after[code] = share.given, wanted.get(pk)
            _give(found, share.unit, wanted.get(pk))
    if after:
        data = {"campaign": found.campaign.name, "before": before, "after": after}
        log(found.unit, ACTION, user=by, data=data)


def _below(unit: UnitPage) -> list[UnitPage]:
    """The units right below that stand and may hold targets."""
    today = timezone.localdate()
    units = UnitPage.objects.child_of(unit).filter(kind__holds_targets=True)
    return list(units.exclude(ended_on__lte=today).order_by("path"))


def _share(
    unit: UnitPage,
    for_kinds: Mapping[int | None, int],
    named: Target | None,
    members: int | None,
) -> Share:
    is_given = named is not None and named.given_by_id is not None
    clips = named.clips if named else None
    return Share(
        unit=unit,
        least=for_kinds.get(unit.kind_id, 0),
        given=clips if is_given else None,
        fixed=None if is_given else clips,
        members=members,
    )


def _give(found: Delegation, unit: UnitPage, clips: int | None) -> None:
    rows = Target.objects.filter(
        campaign=found.campaign, unit=unit, clip_kind=None, given_by__isnull=False
    )
    if clips is None:
        rows.delete()
    elif not rows.update(clips=clips, given_by=found.unit):
        Target.objects.create(
            campaign=found.campaign, unit=unit, clips=clips, given_by=found.unit
        )


def _count_members(unit: UnitPage, members: int | None) -> None:
    if members is None:
        Headcount.objects.filter(unit=unit).delete()
    else:
        Headcount.objects.update_or_create(unit=unit, defaults={"members": members})
