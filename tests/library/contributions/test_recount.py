"""The recount finds what the ledger got wrong, and mends it without deleting."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from library.clips.models import ClipPage
from library.contributions import ledger, recount
from library.contributions.models import LedgerEntry
from library.duplicates import rulings
from library.duplicates.models import Verdict
from library.review import chain, withdrawal
from tests.cast import Cast
from tests.factories import published_clip
from tests.library.duplicates import factories as same_bytes
from tests.tampering import rewritable


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
    with rewritable(LedgerEntry):
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
    with rewritable(LedgerEntry):
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
    with rewritable(LedgerEntry):
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


def test_a_duplicate_of_the_same_bytes_is_not_missed(cast: Cast) -> None:
    first = same_bytes.published(same_bytes.draft_of(cast.school_a, cast.lan), cast.an)
    second = same_bytes.published(same_bytes.draft_of(cast.school_b, cast.hoa), cast.an)
    check()
    withdraw(first, cast)
    check()
    same_bytes.published(first, cast.an)  # and counted anew, the other still is not
    check()
    with rewritable(LedgerEntry):
        LedgerEntry.objects.filter(clip=first).delete()
    call_command("recount")
    assert not LedgerEntry.objects.filter(clip=second).exists()


def test_a_ruling_ends_the_counting_and_its_lifting_begins_it(cast: Cast) -> None:
    now, day = timezone.now(), datetime.timedelta(days=1)
    with time_machine.travel(now - 2 * day, tick=True):
        clip = published_clip(cast.school_a, cast.lan, cast.an)
        other = published_clip(cast.school_b, cast.hoa, cast.an, "Bài khác")
    rulings.write(clip, other, Verdict.DUPLICATE, now - day)
    with pytest.raises(CommandError):
        check()
    with time_machine.travel(now - day, tick=True):
        ledger.uncount(clip, "Trùng")
    check()
    rulings.write(clip, other, Verdict.DIFFERENT, now)
    with pytest.raises(CommandError):
        check()
    ledger.count(clip)
    check()
    assert LedgerEntry.objects.filter(clip=clip).count() == 2
