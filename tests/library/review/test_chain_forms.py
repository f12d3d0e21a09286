"""The form of the steps closes gaps up and refuses a kind named twice."""

from __future__ import annotations

import pytest

from library.review.chain_forms import MOST_STEPS, ForUnitForm, StepsForm
from library.units.models import UnitKind, UnitPage
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def filled(*codes: str) -> StepsForm:
    places = enumerate(codes, start=1)
    known = {kind.code: kind.pk for kind in UnitKind.objects.all()}
    data = {f"step_{place}": known.get(code, "") for place, code in places}
    return StepsForm(data, kinds=[])


def test_gaps_are_closed_up(cast: Cast) -> None:
    form = filled("district", "", "province")
    assert form.is_valid()
    assert [kind.code for kind in form.kinds()] == ["district", "province"]


def test_none_at_all_is_an_answer(cast: Cast) -> None:
    form = filled()
    assert form.is_valid()
    assert form.kinds() == []


def test_twice_the_same_is_refused_by_name(cast: Cast) -> None:
    form = filled("district", "province", "district")
    assert not form.is_valid()
    assert "district" in str(form.non_field_errors())


def test_it_shows_what_is_set(cast: Cast) -> None:
    form = StepsForm(kinds=list(UnitKind.objects.order_by("rank")))
    assert len(form.fields) == MOST_STEPS
    assert form["step_1"].value() == UnitKind.objects.get(code="province").pk


def test_a_unit_outside_is_no_choice(cast: Cast) -> None:
    units = UnitPage.objects.filter(pk=cast.school_a.pk)
    assert ForUnitForm({"unit": cast.school_a.code}, units=units).is_valid()
    assert not ForUnitForm({"unit": cast.school_b.code}, units=units).is_valid()
