"""A live clip is taken down by who may, with a reason that lasts."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from library.clips.models import ClipPage
from library.review import chain, withdrawal
from library.review.errors import IncompleteAnswerError, RefusedError
from library.review.models import Withdrawal
from tests.cast import Cast
from tests.factories import published_clip


@pytest.fixture
def live(cast: Cast) -> ClipPage:
    return published_clip(cast.school_a, cast.lan, cast.an)


def test_a_curator_above_withdraws_and_the_log_knows(
    cast: Cast, live: ClipPage
) -> None:
    withdrawal.withdraw(live, cast.minh, "Phụ huynh yêu cầu")
    live.refresh_from_db()
    assert not live.live
    entry = PageLogEntry.objects.get(action="library.withdraw")
    assert (entry.user, entry.data["why"]) == (cast.minh, "Phụ huynh yêu cầu")
    assert withdrawal.why_withdrawn(live) == "Phụ huynh yêu cầu"


@pytest.mark.parametrize("who", ["lan", "hoa", "tu", "bao", "nam"])
def test_others_do_not(cast: Cast, live: ClipPage, who: str) -> None:
    with pytest.raises(PermissionDenied):
        withdrawal.withdraw(live, getattr(cast, who), "Thử")
    live.refresh_from_db()
    assert live.live


def test_a_reason_is_needed_and_a_live_clip(cast: Cast, live: ClipPage) -> None:
    with pytest.raises(IncompleteAnswerError):
        withdrawal.withdraw(live, cast.minh, "  ")
    withdrawal.withdraw(live, cast.minh, "Sai")
    with pytest.raises(RefusedError):
        withdrawal.withdraw(live, cast.minh, "Sai")
    assert Withdrawal.objects.count() == 1


def test_an_older_withdrawal_does_not_answer_for_a_newer_one(
    cast: Cast, live: ClipPage
) -> None:
    withdrawal.withdraw(live, cast.minh, "Sai")
    chain.submit(live, cast.lan)
    chain.approve_at_every_step(live, cast.an)
    again = ClipPage.objects.get(pk=live.pk)
    assert again.live
    again.unpublish()
    assert withdrawal.why_withdrawn(again) == ""


def test_the_library_itself_takes_down_what_no_longer_plays(
    cast: Cast, live: ClipPage
) -> None:
    withdrawal.of_refused_video(live, "Tệp bị hỏng")
    live.refresh_from_db()
    assert not live.live
    entry = PageLogEntry.objects.get(action="library.withdraw")
    assert (entry.user, entry.data["why"]) == (None, "Tệp bị hỏng")
