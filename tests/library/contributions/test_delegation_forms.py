"""Two numbers for each unit below; what cannot be is said beside the field."""

from __future__ import annotations

import datetime

import pytest

from library.contributions import delegating
from library.contributions.delegation_forms import DelegationForm
from library.contributions.models import Campaign
from library.units.models import UnitPage
from tests.cast import Cast


@pytest.fixture
def found(cast: Cast) -> delegating.Delegation:
    day = datetime.date(2026, 1, 1)
    campaign = Campaign.objects.create(name="Đợt", starts_on=day, ends_on=day)
    campaign.targets.create(unit_kind=cast.school_a.kind, clips=2)
    campaign.targets.create(unit=cast.school_b, clips=5)
    campaign.save()
    district = UnitPage.objects.get(pk=cast.district.pk)
    return delegating.delegation(campaign, district)


def test_a_fixed_target_has_no_field(cast: Cast, found: delegating.Delegation) -> None:
    rows = list(DelegationForm(found=found).rows())
    assert [clips is None for _share, clips, _members in rows] == [False, True]


def test_numbers_come_by_unit(cast: Cast, found: delegating.Delegation) -> None:
    a, b = cast.school_a.pk, cast.school_b.pk
    form = DelegationForm({f"clips-{a}": "7", f"members-{b}": "800"}, found=found)
    assert form.is_valid()
    assert form.numbers("clips") == {a: 7}
    assert form.numbers("members") == {a: None, b: 800}


@pytest.mark.parametrize("clips", ["1", "0", "-3", "nhiều", "9" * 30])
def test_less_than_the_least_and_nonsense_are_refused(
    cast: Cast, found: delegating.Delegation, clips: str
) -> None:
    form = DelegationForm({f"clips-{cast.school_a.pk}": clips}, found=found)
    assert f"clips-{cast.school_a.pk}" in form.errors
