"""Where a clip stands, in words for its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Task, TaskState, Workflow, WorkflowState

from library.clips import drafts
from library.clips.models import ClipPage
from library.clips.progress import Stage, stage_of
from media_pipeline import jobs, steps
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package
from media_pipeline.states import State
from tests.cast import Cast
from tests.library.clips import factories


def stage(clip: ClipPage) -> Stage:
    return stage_of(ClipPage.objects.get(pk=clip.pk))


def with_asset(cast: Cast, **fields: Any) -> ClipPage:
    clip = factories.draft(cast.school_a, cast.lan)
    drafts.attach(clip, factories.asset(playable=False, **fields))
    return clip


def session(clip: ClipPage, owner: User, **fields: Any) -> Any:
    day = timezone.now() + timedelta(days=1)
    told = {"file_name": "Bài 1.mp4", "size": 1000, "expires_at": day, **fields}
    return clip.uploads.create(owner=owner, **told)


def reviewed(clip: ClipPage, status: str, answer: str, comment: str = "") -> None:
    workflow, _ = Workflow.objects.get_or_create(name="Test")
    task, _ = Task.objects.get_or_create(name="Test")
    state = WorkflowState.objects.create(
        content_type=clip.get_content_type(),
        base_content_type=clip.get_base_content_type(),
        object_id=str(clip.pk),
        workflow=workflow,
    )
    TaskState.objects.create(
        workflow_state=state,
        task=task,
        revision=clip.get_latest_revision(),
        status=answer,
        comment=comment,
        finished_at=timezone.now(),
    )
    WorkflowState.objects.filter(pk=state.pk).update(status=status)


def test_an_upload_says_how_far_it_is(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.STAGING_DIR = tmp_path
    clip = factories.draft(cast.school_a, cast.lan)
    upload = session(clip, cast.lan)
    upload.staging_path.write_bytes(b"x" * 430)
    told = stage(clip)
    assert (told.code, told.percent, told.tone) == ("uploading", 43, "warn")
    assert "Bài 1.mp4" in told.sentence
    assert told.moves


def test_a_clip_without_upload_and_video_says_so(cast: Cast) -> None:
    assert stage(factories.draft(cast.school_a, cast.lan)).code == "empty"


def job_of(clip: ClipPage, **fields: Any) -> None:
    """The engine's job for its video, queued or as `fields` say."""
    asset = ClipPage.objects.get(pk=clip.pk).asset
    assert asset is not None
    jobs.request(asset.job_key, "package", {"asset": asset.pk}, steps.QUEUE)
    Job.objects.filter(key=asset.job_key).update(**fields)


RUNNING = {"state": Job.State.RUNNING}


def test_what_waits_for_a_worker_is_told_its_place(cast: Cast) -> None:
    clips = [with_asset(cast, state=State.RECEIVED) for _ in range(3)]
    for clip in clips:
        job_of(clip)
    with override("vi"):
        told = [stage(clip) for clip in clips]
    assert [one.code for one in told] == ["queued"] * 3
    assert "kế tiếp" in told[0].sentence
    assert "thứ 3 trong hàng" in told[2].sentence
    assert all(one.moves and one.percent is None for one in told)


def test_an_encode_tells_percent_and_time_left(cast: Cast) -> None:
    clip = with_asset(cast, state=State.ENCODING)
    job_of(clip, progress=0.999, seconds_left=130, **RUNNING)
    with override("vi"):
        told = stage(clip)
    assert (told.percent, told.work) == (99, "còn khoảng 3 phút")


def test_an_encode_whose_worker_was_killed_waits_with_its_percent(cast: Cast) -> None:
    clip = with_asset(cast, state=State.ENCODING)
    job_of(clip, progress=0.6)
    with override("vi"):
        told = stage(clip)
    assert (told.code, told.percent) == ("encoding", 60)
    assert "đang chờ" in told.work


def test_a_video_that_plays_but_is_not_whole_says_what_is_still_made(
    cast: Cast,
) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    Asset.objects.update(state=State.WATCHABLE)
    Package.objects.update(is_whole=False)
    job_of(clip, progress=0.4, seconds_left=20, **RUNNING)
    told = stage(clip)
    assert (told.code, told.percent, told.moves) == ("ready", 40, True)
    assert "cỡ hình lớn hơn" in told.work
    reviewed(clip, WorkflowState.STATUS_IN_PROGRESS, TaskState.STATUS_IN_PROGRESS)
    assert (stage(clip).code, stage(clip).percent) == ("in_review", 40)


def test_a_public_clip_that_is_encoded_again_stays_public(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    Asset.objects.update(state=State.ENCODING)
    job_of(clip, progress=0.1, **RUNNING)
    told = stage(clip)
    assert (told.code, told.percent) == ("live", 10)
    assert "bản mới" in told.work


def test_a_video_that_plays_but_failed_at_the_rest_may_be_tried_again(
    cast: Cast,
) -> None:
    factories.ready(cast.school_a, cast.lan)
    Asset.objects.update(state=State.FAILED)
    clip = ClipPage.objects.get()
    told = stage(clip)
    assert (told.code, told.tone, told.may_retry) == ("ready", "warn", True)
    assert clip.asset is not None
    assert clip.asset.message in told.next_step
    assert (told.percent, told.moves) == (None, False)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.RECEIVED, "checking"),
        (State.PROBED, "checking"),
        (State.ENCODING, "encoding"),
    ],
)
def test_what_the_engine_does_is_told_and_asked_again(
    cast: Cast, state: State, code: str
) -> None:
    told = stage(with_asset(cast, state=state))
    assert (told.code, told.moves) == (code, True)


def test_a_refusal_says_what_to_do(cast: Cast) -> None:
    clip = with_asset(cast, state=State.REFUSED, reason="no_video")
    told = stage(clip)
    asset = Asset.objects.get()
    assert (told.code, told.tone, told.next_step) == ("refused", "bad", asset.message)
    assert not told.moves


def test_a_video_that_comes_while_one_looks_is_seen(cast: Cast) -> None:
    for looked_at in (
        factories.draft(cast.school_a, cast.lan, "1.mp4"),
        ClipPage.objects.get(pk=with_asset(cast, state=State.REFUSED).pk),
    ):
        came = factories.asset(playable=False, state=State.RECEIVED)
        drafts.attach(ClipPage.objects.get(pk=looked_at.pk), came)
        assert stage_of(looked_at).code == "checking"


@pytest.mark.parametrize("state", [State.REFUSED, State.FAILED])
def test_another_file_on_its_way_says_how_far_it_is(
    cast: Cast, state: State, settings: Any, tmp_path: Any
) -> None:
    settings.STAGING_DIR = tmp_path
    clip = with_asset(cast, state=state, reason="damaged")
    assert stage(clip).code == state
    assert stage(clip).lacks_video
    other = session(clip, cast.lan)
    other.staging_path.write_bytes(b"x" * 430)
    assert (stage(clip).code, stage(clip).percent) == ("uploading", 43)
    assert not stage(clip).lacks_video
    clip.uploads.update(expires_at=timezone.now())
    assert stage(clip).code == state


def test_our_own_failure_is_not_put_on_the_uploader(cast: Cast) -> None:
    told = stage(with_asset(cast, state=State.FAILED, detail="ffmpeg: signal 9"))
    assert (told.code, told.may_retry) == ("failed", True)
    assert "ffmpeg" not in told.sentence + told.next_step


def test_a_draft_that_plays_names_what_is_missing(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan, licence="")
    told = stage(clip)
    assert (told.code, told.tone) == ("draft", "warn")
    assert "phép" in told.next_step or "licence" in told.next_step


def test_a_ready_clip_is_to_be_submitted(cast: Cast) -> None:
    assert stage(factories.ready(cast.school_a, cast.lan)).code == "ready"


def test_one_that_was_submitted_early_says_so(cast: Cast) -> None:
    clip = with_asset(cast)
    before = stage(clip).next_step
    session(clip, cast.lan, submit_by=cast.lan, finished_at=timezone.now())
    assert stage(clip).next_step != before


def test_under_review(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    reviewed(clip, WorkflowState.STATUS_IN_PROGRESS, TaskState.STATUS_IN_PROGRESS)
    assert stage(clip).code == "in_review"


def test_changes_asked_for_come_with_the_reviewers_words(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    reviewed(
        clip, WorkflowState.STATUS_NEEDS_CHANGES, TaskState.STATUS_REJECTED, "Tiếng nhỏ"
    )
    told = stage(clip)
    assert (told.code, told.words) == ("changes", "Tiếng nhỏ")


def test_a_review_taken_back_leaves_a_draft(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    reviewed(clip, WorkflowState.STATUS_CANCELLED, TaskState.STATUS_CANCELLED)
    assert stage(clip).code == "ready"


def test_live_ahead_and_withdrawn(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    assert (stage(clip).code, stage(clip).tone) == ("live", "good")
    drafts.save_details(clip, cast.lan, {"title": "Mới"})
    assert stage(clip).code == "live_ahead"
    ClipPage.objects.get(pk=clip.pk).unpublish()
    assert stage(clip).code == "withdrawn"
