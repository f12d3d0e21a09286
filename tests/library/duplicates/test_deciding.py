"""A decision about two clips is kept, on record, and the ledger follows it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from wagtail.models import PageLogEntry

from library import journey
from library.clips.models import ClipPage
from library.contributions.models import LedgerEntry
from library.duplicates import suspicions
from library.duplicates.deciding import RULE, RefusedError
from library.duplicates.models import Pair, Ruling, Verdict
from library.duplicates.suspicions import Suspicion
from tests.cast import Cast
from tests.library.duplicates.factories import alike, draft_of, published


@pytest.fixture
def first(cast: Cast) -> ClipPage:
    return published(draft_of(cast.school_a, cast.lan, "Một", sha256=""), cast.an)


@pytest.fixture
def second(cast: Cast, first: ClipPage) -> ClipPage:
    clip = published(draft_of(cast.school_b, cast.hoa, "Hai", sha256=""), cast.an)
    alike(first, clip)
    return clip


def seen_by_minh(clip: ClipPage, cast: Cast) -> Suspicion:
    (found,) = suspicions.of(clip, cast.minh)
    return found


def test_a_duplicate_stays_public_and_is_no_longer_counted(
    cast: Cast, first: ClipPage, second: ClipPage
) -> None:
    found = seen_by_minh(second, cast)
    journey.ruled(found, cast.minh, Verdict.DUPLICATE, "Cùng một bài", "")
    second.refresh_from_db()
    assert second.live
    row = LedgerEntry.objects.get(clip=second)
    assert row.withdrawn_from is not None
    assert row.withdrawn_why
    assert LedgerEntry.objects.open().get().clip == first
    call_command("recount", "--check")


def test_it_says_who_when_and_why(
    cast: Cast, first: ClipPage, second: ClipPage
) -> None:
    found = seen_by_minh(second, cast)
    journey.ruled(found, cast.minh, Verdict.DIFFERENT, "Hai tiết khác nhau", "")
    row = Ruling.objects.get()
    assert (row.by, row.words) == (cast.minh, "Hai tiết khác nhau")
    logged = PageLogEntry.objects.filter(action=RULE)
    assert {entry.page_id for entry in logged} == {first.pk, second.pk}
    assert logged[0].user == cast.minh
    assert logged[0].data["after"]["verdict"] == Verdict.DIFFERENT
    assert LedgerEntry.objects.open().count() == 2
    call_command("recount", "--check")


def test_a_decision_that_is_lifted_counts_again_from_then_on(
    cast: Cast, second: ClipPage
) -> None:
    journey.ruled(seen_by_minh(second, cast), cast.minh, Verdict.DUPLICATE, "Trùng", "")
    again = seen_by_minh(second, cast)
    assert again.ruling is not None
    seen = str(again.ruling.pk)
    journey.ruled(again, cast.minh, Verdict.NEW_VERSION, "Bản đã sửa", seen)
    rows = LedgerEntry.objects.filter(clip=second).order_by("counted_from")
    assert len(rows) == 2
    ended = rows[0].withdrawn_from
    assert ended is not None
    assert rows[1].counted_from >= ended
    call_command("recount", "--check")


def test_nobody_overrules_what_they_have_not_read(cast: Cast, second: ClipPage) -> None:
    found = seen_by_minh(second, cast)
    journey.ruled(found, cast.minh, Verdict.DUPLICATE, "Trùng", "")
    with pytest.raises(RefusedError):
        journey.ruled(found, cast.an, Verdict.DIFFERENT, "Không trùng", "")
    assert Ruling.objects.count() == 1


def test_files_that_are_the_same_are_not_said_to_differ(
    cast: Cast, second: ClipPage
) -> None:
    Pair.objects.update(same_file=True)
    found = seen_by_minh(second, cast)
    with pytest.raises(RefusedError):
        journey.ruled(found, cast.minh, Verdict.DIFFERENT, "Không trùng", "")
    assert not Ruling.objects.exists()
