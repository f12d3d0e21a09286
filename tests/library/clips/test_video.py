"""How a video fares, for those who run the library: state, reason, log, what may be done."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from library.clips.encoding import Work
from library.clips.models import ClipPage
from library.clips.video import Video, video_of
from library.units.permissions import reach_of
from media_pipeline.states import State
from tests.cast import Cast
from tests.library.clips import factories
from tests.library.encoding.factories import clip, failed, queued, running


def seen(made: ClipPage, user: object) -> Video:
    with override("vi"):
        return video_of(made, user)  # type: ignore[arg-type]


def test_a_clip_without_a_video_says_so(cast: Cast) -> None:
    told = seen(factories.draft(cast.school_a, cast.lan), cast.an)
    assert (told.code, told.tone, told.moves) == ("missing", "warn", False)


def test_waiting_and_running_move(cast: Cast) -> None:
    waits = seen(queued(cast.school_a, cast.lan), cast.an)
    assert (waits.code, waits.state) == ("queued", "đang chờ (kế tiếp)")
    assert waits.percent is None
    runs = seen(running(cast.school_a, cast.lan, progress=0.3), cast.an)
    assert (runs.code, runs.state, runs.percent) == ("encoding", "đang chuyển mã", 30)
    assert waits.moves
    assert runs.moves
    assert not runs.may_retry


def test_what_waits_after_a_killed_worker_keeps_its_percent(cast: Cast) -> None:
    again = seen(queued(cast.school_a, cast.lan, progress=0.3), cast.an)
    assert (again.code, again.percent) == ("queued", 30)


def test_a_failure_has_a_reason_a_log_for_operators_and_a_way_on(cast: Cast) -> None:
    made = failed(cast.school_a, cast.lan, reason="storage", detail="S3: 503")
    told = seen(made, cast.an)
    assert (told.tone, told.reason, told.log) == ("bad", "storage", "S3: 503")
    assert told.sentence == "Nơi lưu tệp bị lỗi hoặc không liên lạc được."
    assert (told.may_retry, told.may_reencode, told.moves) == (True, False, False)
    assert (seen(made, cast.lan).log, seen(made, cast.lan).may_retry) == ("", True)
    assert not seen(made, cast.hoa).may_retry
    assert not seen(made, AnonymousUser()).may_retry


def test_a_refusal_says_what_its_uploader_was_told(cast: Cast) -> None:
    made = clip(cast.school_a, cast.lan, State.REFUSED, reason="damaged")
    told = seen(made, cast.an)
    assert made.asset is not None
    with override("vi"):
        assert told.sentence == made.asset.message
    assert (told.tone, told.may_retry, told.may_reencode) == ("warn", False, False)


def test_what_plays_may_be_encoded_again_by_those_who_run_it(cast: Cast) -> None:
    made = clip(cast.school_a, cast.lan, State.PLAYABLE)
    assert (seen(made, cast.an).tone, seen(made, cast.an).sentence) == ("good", "")
    assert seen(made, cast.an).may_reencode
    assert not seen(made, cast.lan).may_reencode


def test_a_second_encoding_in_vain_is_told(cast: Cast) -> None:
    made = clip(
        cast.school_a, cast.lan, State.PLAYABLE, reason="tool", detail="signal 9"
    )
    told = seen(made, cast.an)
    assert (told.tone, told.log) == ("good", "signal 9")
    assert "bản trước đó vẫn xem được" in told.sentence


@pytest.mark.parametrize("state", [State.ENCODING, State.FAILED, State.PLAYABLE])
def test_with_all_in_hand_it_asks_the_database_nothing(
    cast: Cast, state: State, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = clip(cast.school_a, cast.lan, state)
    assert made.asset is not None
    reach = reach_of(cast.an)
    with django_assert_num_queries(0):
        video_of(made, cast.an, reach, Work(0, ""))
