"""What was ruled stays: a later ruling holds, the earlier one is not rewritten."""

from __future__ import annotations

import pytest
from django.utils import timezone

from library.clips.models import ClipPage
from library.duplicates import rulings
from library.duplicates.models import Ruling, Verdict
from tests import tampering
from tests.cast import Cast, person
from tests.factories import playable_clip


@pytest.fixture
def pair(cast: Cast) -> tuple[ClipPage, ClipPage]:
    """Ruled about, by somebody whose account may go."""
    one = playable_clip(cast.school_a, cast.lan)
    other = playable_clip(cast.school_b, cast.hoa)
    judge = person("xet")
    rulings.write(one, other, Verdict.DUPLICATE, timezone.now(), judge.pk, "Cùng bài")
    tampering.as_migrated(Ruling)
    return one, other


@pytest.mark.usefixtures("pair")
def test_no_ruling_is_deleted_or_rewritten() -> None:
    assert tampering.refused(Ruling, "DELETE FROM {}")
    assert tampering.unprotected(Ruling) == {"clip_id", "other_id", "by_id"}


def test_it_becomes_nobody_elses_and_about_no_other_clip(
    cast: Cast, pair: tuple[ClipPage, ClipPage]
) -> None:
    one, other = pair
    assert tampering.refused(Ruling, f"UPDATE {{}} SET by_id = {cast.an.pk}")
    assert tampering.refused(Ruling, f"UPDATE {{}} SET clip_id = {other.pk}")
    assert tampering.refused(Ruling, f"UPDATE {{}} SET other_id = {one.pk}")


def test_clips_and_accounts_leave_it_when_they_go(
    pair: tuple[ClipPage, ClipPage],
) -> None:
    one, other = pair
    numbers = {one.pk, other.pk}
    judge = Ruling.objects.get().by
    assert judge is not None
    judge.delete()
    for clip in pair:
        clip.delete()
    row = Ruling.objects.get()
    assert (row.clip, row.other, row.by) == (None, None, None)
    assert row.pair == numbers
