"""Upload sessions: start, finish, wait for the review, be swept away."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from library import journey
from library.clips import drafts
from library.clips.models import ClipPage
from library.uploads import sessions
from library.uploads.models import UploadSession
from media_pipeline.models import Asset
from tests.cast import Cast


@pytest.fixture(autouse=True)
def staging(tmp_path: Path, settings: Any) -> Path:
    settings.STAGING_DIR = tmp_path / "staging"
    return Path(settings.STAGING_DIR)


def started(cast: Cast, size: int = 10) -> UploadSession:
    return journey.upload_started(cast.lan, cast.school_a, "Bài 1.mp4", size)


def expire(session: UploadSession) -> None:
    past = timezone.now() - timedelta(seconds=1)
    UploadSession.objects.filter(pk=session.pk).update(expires_at=past)


def test_a_session_begins_with_an_empty_file_and_a_week(cast: Cast) -> None:
    session = started(cast)
    assert session.staging_path.read_bytes() == b""
    assert (session.offset, session.percent, session.is_open) == (0, 0, True)
    assert session.expires_at - session.created_at > timedelta(days=6, hours=23)


def test_the_offset_is_the_files_size(cast: Cast) -> None:
    session = started(cast)
    session.staging_path.write_bytes(b"1234")
    assert (session.offset, session.percent) == (4, 40)
    session.staging_path.unlink()
    assert session.offset == 0


def test_of_many_that_finish_one_gets_the_file(cast: Cast) -> None:
    session = started(cast)
    assert sessions.finish(session) == session.uuid.hex
    with pytest.raises(sessions.AlreadyFinishedError):
        sessions.finish(UploadSession.objects.get(pk=session.pk))
    assert session.offset == 10


def test_received_twice_makes_one_asset(cast: Cast) -> None:
    session = started(cast)
    journey.received(session)
    with pytest.raises(sessions.AlreadyFinishedError):
        journey.received(UploadSession.objects.get(pk=session.pk))
    assert Asset.objects.count() == 1


def test_limits_are_said_in_words(cast: Cast, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 5
    with pytest.raises(sessions.UploadRefusedError) as refused:
        started(cast, size=6)
    assert refused.value.status == 413
    settings.MAX_UPLOAD_BYTES = 10**18
    with pytest.raises(sessions.UploadRefusedError) as refused:
        started(cast, size=10**17)
    assert refused.value.status == 507
    assert not ClipPage.objects.exists()


def test_open_ones_are_the_persons_own(cast: Cast) -> None:
    session = started(cast)
    old = started(cast)
    expire(old)
    assert list(sessions.open_for(cast.lan)) == [session]
    assert list(sessions.open_for(cast.hoa)) == []


def test_who_pressed_submit_is_remembered_until_it_is_over(cast: Cast) -> None:
    clip = started(cast).clip
    assert sessions.to_be_submitted_by(clip) is None
    sessions.submit_when_playable(clip, cast.minh)
    assert sessions.to_be_submitted_by(clip) == cast.minh
    sessions.submission_is_over(clip)
    assert sessions.to_be_submitted_by(clip) is None


def test_cancelling_takes_the_empty_draft_along(cast: Cast, staging: Path) -> None:
    sessions.cancel(started(cast))
    assert not ClipPage.objects.exists()
    assert list(staging.iterdir()) == []


def test_cancelling_keeps_what_somebody_has_written(cast: Cast) -> None:
    session = started(cast)
    drafts.save_details(session.clip, cast.lan, {"description": "Đã viết"})
    sessions.cancel(UploadSession.objects.get(pk=session.pk))
    assert ClipPage.objects.exists()


def test_a_title_that_somebody_has_typed_keeps_the_draft(cast: Cast) -> None:
    session = started(cast)
    drafts.save_details(session.clip, cast.lan, {"title": "Hàm số"})
    sessions.cancel(UploadSession.objects.get(pk=session.pk))
    assert ClipPage.objects.get().title == "Hàm số"


def test_giving_up_an_upload_keeps_its_draft(cast: Cast, staging: Path) -> None:
    sessions.give_up(started(cast))
    assert ClipPage.objects.exists()
    assert not UploadSession.objects.exists()
    assert list(staging.iterdir()) == []


def test_what_was_finished_just_now_is_not_taken_from_the_engine(cast: Cast) -> None:
    session = started(cast)
    stale = UploadSession.objects.get(pk=session.pk)
    journey.received(session)
    sessions.cancel(stale)
    assert session.staging_path.exists()
    assert UploadSession.objects.get() == session


def test_the_sweep_takes_what_has_expired_and_leaves_what_has_not(
    cast: Cast, staging: Path
) -> None:
    kept, old, written = (started(cast) for _ in range(3))
    drafts.save_details(written.clip, cast.lan, {"description": "Đã viết"})
    expire(old)
    expire(written)
    assert sessions.clean() == sessions.Swept(sessions=2, files=0, drafts=1)
    assert [path.name for path in staging.iterdir()] == [kept.staged_as]
    assert set(ClipPage.objects.all()) == {kept.clip, written.clip}


def test_the_sweep_takes_old_files_that_nobody_knows(cast: Cast, staging: Path) -> None:
    kept, taken = started(cast), started(cast)
    journey.received(taken)
    lost, fresh = staging / "lost", staging / "fresh"
    for path in (lost, fresh):
        path.write_bytes(b"x")
    two_days_ago = time.time() - 48 * 3600
    for path in (lost, kept.staging_path, taken.staging_path):
        os.utime(path, (two_days_ago, two_days_ago))
    assert sessions.clean().files == 1
    names = {kept.staged_as, taken.staged_as, "fresh"}
    assert {path.name for path in staging.iterdir()} == names


def test_a_whole_file_that_nobody_handed_on_is_found(cast: Cast) -> None:
    session = started(cast, size=3)
    assert sessions.complete_but_unfinished() == []
    session.staging_path.write_bytes(b"123")
    assert sessions.complete_but_unfinished() == [session]
