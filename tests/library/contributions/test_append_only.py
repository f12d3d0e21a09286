"""What was counted and signed stays, whoever goes past the code, by the database itself."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone

from library.clips.models import ClipPage
from library.contributions import crews, freezing, ledger, spans
from library.contributions.models import (
    Crew,
    CrewMember,
    FrozenFigure,
    FrozenMonth,
    LedgerEntry,
)
from library.review import withdrawal
from tests import tampering
from tests.cast import Cast, person
from tests.factories import published_clip

KEPT = (LedgerEntry, Crew, CrewMember, FrozenMonth, FrozenFigure)
FREE = {
    LedgerEntry: {"clip_id", "withdrawn_from", "withdrawn_why"},
    FrozenMonth: {"frozen_by_id"},
}


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    """Counted for two units, in a month that somebody signed, in a database as
    `migrate` leaves it."""
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    ledger.count(clip)
    crews.set_partners(clip, [cast.school_b], cast.an)
    last = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    month = spans.month(last.year, last.month)
    freezing.freeze(cast.district, month, cast.an)
    for model in KEPT:
        tampering.as_migrated(model)
    return clip


def set_to(model: type[models.Model], column: str, value: str) -> bool:
    """Whether the database refuses it; the value is SQL."""
    return tampering.refused(model, f"UPDATE {{}} SET {column} = {value}")


@pytest.mark.usefixtures("clip")
@pytest.mark.parametrize("model", KEPT)
def test_no_row_is_deleted(model: type[models.Model]) -> None:
    assert model._default_manager.exists()
    assert tampering.refused(model, "DELETE FROM {}")


@pytest.mark.usefixtures("clip")
@pytest.mark.parametrize("model", KEPT)
def test_no_fixed_column_is_rewritten(model: type[models.Model]) -> None:
    assert tampering.unprotected(model) == FREE.get(model, set())


@pytest.mark.usefixtures("clip")
def test_who_signed_becomes_nobody_else(cast: Cast) -> None:
    assert set_to(FrozenMonth, "frozen_by_id", str(cast.minh.pk))
    assert not set_to(FrozenMonth, "frozen_by_id", "NULL")
    assert set_to(FrozenMonth, "frozen_by_id", str(cast.an.pk))


def test_a_row_becomes_no_other_clips(cast: Cast, clip: ClipPage) -> None:
    other = published_clip(cast.school_b, cast.hoa, cast.an, "Bài khác")
    assert set_to(LedgerEntry, "clip_id", str(other.pk))
    assert not set_to(LedgerEntry, "clip_id", "NULL")
    assert set_to(LedgerEntry, "clip_id", str(clip.pk))


def test_a_withdrawal_is_neither_undone_nor_moved(cast: Cast, clip: ClipPage) -> None:
    withdrawal.withdraw(clip, cast.minh, "Sai")
    ledger.uncount(clip, "Sai")
    assert set_to(LedgerEntry, "withdrawn_from", "NULL")
    assert set_to(LedgerEntry, "withdrawn_from", "'2001-01-01 00:00:00'")
    assert set_to(LedgerEntry, "withdrawn_why", "'Khác'")
    assert set_to(LedgerEntry, "withdrawn_why", "''")


def test_what_was_written_in_error_is_closed_at_its_beginning(
    cast: Cast, clip: ClipPage
) -> None:
    withdrawal.withdraw(clip, cast.minh, "Sai")
    ledger.uncount(clip, "Sai")
    assert not set_to(LedgerEntry, "withdrawn_from", "counted_from")
    assert not LedgerEntry.objects.meant().exists()


def test_a_clip_leaves_its_row_when_it_goes(clip: ClipPage) -> None:
    ledger.uncount(clip)
    clip.delete()
    numbers = LedgerEntry.objects.filter(clip=None).values_list(
        "clip_number", flat=True
    )
    assert set(numbers) == {clip.pk}
    assert not LedgerEntry.objects.exclude(clip=None).exists()


@pytest.mark.usefixtures("clip")
def test_an_account_leaves_what_it_signed_when_it_goes(cast: Cast) -> None:
    signer = person("ky")
    last = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    freezing.freeze(cast.other_district, spans.month(last.year, last.month), signer)
    User.objects.get(pk=signer.pk).delete()
    row = FrozenMonth.objects.get(unit=cast.other_district)
    assert (row.frozen_by, row.signed_by) == (None, "Ky")
