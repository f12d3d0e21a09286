"""The recount finds what the ledger got wrong, and mends it without deleting."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from library.clips.models import ClipPage
from library.contributions import ledger, recount
from library.contributions.models import LedgerEntry
from library.review import chain, withdrawal
from tests.cast import Cast
from tests.factories import published_clip


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    ledger.count(clip)
    return clip


def check() -> None:
    call_command("recount", "--check")


def withdraw(clip: ClipPage, cast: Cast) -> None:
    withdrawal.withdraw(clip, cast.minh, "Sai")
    ledger.uncount(clip, "Sai")


def test_a_right_ledger_passes(cast: Cast, clip: ClipPage) -> None:
    check()
    withdraw(clip, cast)
    check()
    chain.submit(clip, cast.lan)
    chain.approve_at_every_step(clip, cast.an)
    ledger.count(clip)
    check()
    fresh = ClipPage.objects.get(pk=clip.pk)
    fresh.move(type(cast.school_c).objects.get(pk=cast.school_c.pk), pos="last-child")
    check()
    ledger.uncount(clip, "")
    ClipPage.objects.get(pk=clip.pk).delete()
    check()


def test_a_missing_row_is_found_and_added(cast: Cast, clip: ClipPage) -> None:
    LedgerEntry.objects.all().delete()
    with pytest.raises(CommandError):
        check()
    assert not LedgerEntry.objects.exists()
    call_command("recount")
    check()
    row = LedgerEntry.objects.get()
    assert (row.clip, row.unit, row.withdrawn_from) == (clip, cast.school_a, None)


def test_a_row_left_open_is_closed(cast: Cast, clip: ClipPage) -> None:
    withdraw(clip, cast)
    LedgerEntry.objects.update(withdrawn_from=None, withdrawn_why="")
    assert len(recount.differences()) == 1
    call_command("recount")
    check()
    assert LedgerEntry.objects.get().withdrawn_from is not None


def test_an_unfounded_row_stays_but_never_counts(cast: Cast, clip: ClipPage) -> None:
    LedgerEntry.objects.create(
        clip_number=999,
        clip_title="Không có",
        unit=cast.school_b,
        counted_from=timezone.now() - datetime.timedelta(days=3),
    )
    with pytest.raises(CommandError):
        check()
    call_command("recount")
    check()
    row = LedgerEntry.objects.get(clip_number=999)
    assert row.withdrawn_from == row.counted_from
    assert row not in LedgerEntry.objects.at(row.counted_from)


def test_a_wrong_unit_is_put_right_by_a_new_row(cast: Cast, clip: ClipPage) -> None:
    LedgerEntry.objects.update(unit=cast.school_b)
    call_command("recount")
    check()
    assert LedgerEntry.objects.open().get().unit == cast.school_a
    assert LedgerEntry.objects.count() == 2


def test_a_clip_taken_down_past_the_log_is_found_once(
    cast: Cast, clip: ClipPage
) -> None:
    ClipPage.objects.filter(pk=clip.pk).update(live=False)
    with pytest.raises(CommandError):
        check()
    call_command("recount")
    check()
