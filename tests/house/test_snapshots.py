"""A remembered fixture is like one that is made: the same rows, equal objects."""

from __future__ import annotations

import pytest
import time_machine
from django.db import transaction

from library.units.models import UnitKind
from tests.cast import Cast, assemble
from tests.snapshots import Remembered, Tables, tables


@pytest.fixture
def make(db: None) -> Remembered[Cast]:
    return Remembered(assemble)


def once(make: Remembered[Cast]) -> tuple[Cast, Tables]:
    """What it gives and what it leaves, which is taken back."""
    with transaction.atomic():
        given, left = make(), tables()
        transaction.set_rollback(True)
    return given, left


def assert_the_second_time_is_like_the_first(make: Remembered[Cast]) -> None:
    first, made = once(make)
    again, copied = once(make)
    assert len(make.pictures) == 1
    assert copied == made
    assert again == first
    assert again.lan is not first.lan


def test_a_remembered_fixture_leaves_the_same_rows(make: Remembered[Cast]) -> None:
    assert_the_second_time_is_like_the_first(make)
    assert make().school_a.get_parent().title == "Thành đoàn Đồng Xoài"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_so_it_does_outside_of_a_transaction() -> None:
    make = Remembered(assemble)
    assert_the_second_time_is_like_the_first(make)
    cast = make()
    assert cast.lan.memberships.get().unit.specific == cast.school_a


def test_with_other_rows_to_begin_with_it_is_made_anew(make: Remembered[Cast]) -> None:
    once(make)
    kind = UnitKind.objects.create(code="school", name="School of old", rank=3)
    assert make().school_a.kind == kind


def test_a_traveller_gets_rows_of_that_day(make: Remembered[Cast]) -> None:
    once(make)
    with time_machine.travel("2021-09-05T08:00:00Z", tick=False):
        assert make().lan.date_joined.year == 2021
