"""Where a clip stands, in words for its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Task, TaskState, Workflow, WorkflowState

from library.clips import drafts
from library.clips.models import ClipPage
from library.clips.progress import Stage, stage_of
from media_pipeline.models import Asset
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


def test_our_own_failure_is_not_put_on_the_uploader(cast: Cast) -> None:
    told = stage(with_asset(cast, state=State.FAILED, detail="ffmpeg: signal 9"))
    assert told.code == "failed"
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
