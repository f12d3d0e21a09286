"""A clip is counted once while it is live, and never deleted from the ledger."""

from __future__ import annotations

from django.utils import timezone

from library.clips.models import ClipPage
from library.contributions import ledger
from library.contributions.models import LedgerEntry
from library.duplicates import rulings
from library.duplicates.models import Ruling, Verdict
from library.review import chain, withdrawal
from tests.cast import Cast
from tests.factories import playable_clip, published_clip
from tests.library.duplicates import factories as same_bytes
from tests.tampering import rewritable


def test_a_published_clip_counts_for_its_unit(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    row = ledger.count(clip)
    assert row is not None
    assert row.unit == cast.school_a
    assert row.clip_title == clip.title
    assert row.kind == clip.kind
    assert row.counted_from == clip.last_published_at


def test_counting_twice_adds_once(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    assert ledger.count(clip) == ledger.count(clip)
    assert LedgerEntry.objects.count() == 1


def test_a_draft_does_not_count(cast: Cast) -> None:
    assert ledger.count(playable_clip(cast.school_a, cast.lan)) is None
    assert not LedgerEntry.objects.exists()


def test_a_clip_live_without_a_review_does_not_count(cast: Cast) -> None:
    clip = playable_clip(cast.school_a, cast.lan)
    ClipPage.objects.filter(pk=clip.pk).update(live=True)  # past every gate
    assert ledger.count(clip) is None


def test_a_clip_that_does_not_play_does_not_count(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    with rewritable(LedgerEntry):
        LedgerEntry.objects.all().delete()
    assert clip.asset is not None
    clip.asset.package = None
    clip.asset.save(update_fields=["package"])
    assert ledger.count(clip) is None


def test_withdrawing_closes_the_row_and_keeps_why(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    ledger.count(clip)
    withdrawal.withdraw(clip, cast.minh, "Phụ huynh yêu cầu")
    ledger.uncount(clip, withdrawal.why_withdrawn(clip))
    ledger.uncount(clip, "Lần nữa")
    row = LedgerEntry.objects.get()
    assert row.withdrawn_from is not None
    assert row.withdrawn_from > row.counted_from
    assert row.withdrawn_why == "Phụ huynh yêu cầu"


def test_publishing_again_opens_a_new_row(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    ledger.count(clip)
    withdrawal.withdraw(clip, cast.minh, "Sửa lời")
    ledger.uncount(clip, "Sửa lời")
    chain.submit(clip, cast.lan)
    chain.approve_at_every_step(clip, cast.an)
    ledger.count(clip)
    rows = LedgerEntry.objects.all()
    assert len(rows) == 2
    assert [row.withdrawn_from is None for row in rows] == [False, True]


def test_a_deleted_clip_leaves_its_closed_row(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    ledger.count(clip)
    number, title = clip.pk, clip.title
    ledger.uncount(clip, "")
    ClipPage.objects.get(pk=clip.pk).delete()
    row = LedgerEntry.objects.get()
    assert (row.clip, row.clip_number, row.clip_title) == (None, number, title)
    assert row.withdrawn_from is not None


def test_the_same_bytes_are_never_counted_twice(cast: Cast) -> None:
    first = same_bytes.published(same_bytes.draft_of(cast.school_a, cast.lan), cast.an)
    second = same_bytes.published(same_bytes.draft_of(cast.school_b, cast.hoa), cast.an)
    assert first.live
    assert second.live
    assert ledger.count(second) is None
    assert LedgerEntry.objects.get().clip == first
    assert Ruling.objects.get().clip == second


def test_what_is_ruled_a_duplicate_does_not_count_until_that_is_lifted(
    cast: Cast,
) -> None:
    first = published_clip(cast.school_a, cast.lan, cast.an)
    second = playable_clip(cast.school_b, cast.hoa)
    rulings.write(second, first, Verdict.DUPLICATE, timezone.now())
    second = same_bytes.published(second, cast.an)
    assert LedgerEntry.objects.get().clip == first
    lifted = timezone.now()
    rulings.write(second, first, Verdict.DIFFERENT, lifted)
    row = ledger.count(second)
    assert row is not None
    assert row.counted_from == lifted
