"""The story of one clip, stage by stage in the order of `library/journey.py`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.files.storage import storages
from pytest_django import Settings

from library import journey
from library.clips import drafts
from library.clips.models import ClipKind, ClipPage, Consent, Grade, Skill, Subject
from library.contributions.models import LedgerEntry
from library.founding import found
from library.review import chain, withdrawal
from library.uploads import imports
from library.uploads.manifest import Entry
from library.uploads.models import UploadSession
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from media_pipeline.states import State
from search import index
from search.queries import Query
from tests.cast import Cast
from tests.clips import clip as file_of
from tests.factories import published_clip

pytestmark = [pytest.mark.ffmpeg, pytest.mark.django_db]


def sent(cast: Cast, file: Path) -> UploadSession:
    """An upload whose last byte has come."""
    session = journey.upload_started(
        cast.lan, cast.school_a, file.name, file.stat().st_size
    )
    shutil.copyfile(file, session.staging_path)
    return session


def described(clip: ClipPage, cast: Cast) -> ClipPage:
    return drafts.save_details(
        clip,
        cast.lan,
        {
            "title": "Đường tròn và tiếp tuyến",
            "kind": ClipKind.objects.get(code="lecture"),
            "subject": Subject.objects.get(code="toan"),
            "grades": [Grade.objects.get(code="9")],
            "licence": "CC-BY-4.0",
            "consent": Consent.NO_MINORS,
        },
    )


def again(clip: ClipPage) -> ClipPage:
    return ClipPage.objects.get(pk=clip.pk)


def found_ids(words: str) -> list[int]:
    return [hit.id for hit in index.search(Query(words)).hits]


def test_a_clip_goes_the_whole_way(cast: Cast, any_storages: str) -> None:
    found()
    session = sent(cast, file_of("slides"))
    clip = described(session.clip, cast)
    assert not clip.live  # upload: a draft, while the bytes come

    asset = journey.received(session)
    assert again(clip).asset == asset  # received: the engine has the bytes

    worker.drain("transcode")
    asset.refresh_from_db()
    assert asset.source["width"] > 0  # probed
    assert storages["originals"].exists(asset.original_key)
    assert asset.state == State.PLAYABLE  # encoded, playable
    assert asset.playlist_url

    worker.drain("default")
    journey.submitted(again(clip), cast.lan)
    step = chain.waiting_step(again(clip))
    assert step is not None
    chain.approve(step, cast.minh)  # reviewed
    assert again(clip).live  # published

    worker.drain("default")
    assert found_ids("duong tron") == [clip.pk]  # indexed
    entry = LedgerEntry.objects.get()
    assert (entry.clip, entry.unit) == (clip, cast.school_a)  # counted


# --- and how it breaks ------------------------------------------------------------


class DeadEngine:
    """A search engine whose server is gone."""

    name = "dead"

    def withhold(self, record_id: int) -> None:
        """What is withdrawn is remembered in the database, of every engine."""

    def release(self, record_id: int) -> None: ...

    def __getattr__(self, name: str) -> object:
        raise ConnectionError("the search server is gone")


def published_clip_of(cast: Cast) -> ClipPage:
    found()
    return published_clip(cast.school_a, cast.lan, by=cast.an, title="Bài thử")


def test_a_file_that_is_no_video_is_refused_in_words_and_leaves_nothing_public(
    cast: Cast, local_storages: Path
) -> None:
    found()
    session = sent(cast, file_of("page"))
    clip = described(session.clip, cast)
    asset = journey.received(session)
    worker.drain()
    asset.refresh_from_db()
    assert (asset.state, asset.reason) == (State.REFUSED, "not_a_video")
    assert str(asset.message)
    assert not list((local_storages / "packages").rglob("*.*"))
    journey.submitted(again(clip), cast.lan)
    worker.drain()
    assert chain.waiting_step(again(clip)) is None


def test_submitted_while_it_is_encoded_it_waits_for_review_by_itself(
    cast: Cast, local_storages: Path
) -> None:
    found()
    session = sent(cast, file_of("slides"))
    clip = described(session.clip, cast)
    journey.submitted(again(clip), cast.lan)
    journey.received(session)
    assert chain.waiting_step(again(clip)) is None
    worker.drain()
    assert chain.waiting_step(again(clip)) is not None


def test_the_search_may_be_down_publishing_goes_on_and_the_index_catches_up(
    cast: Cast, local_storages: Path, settings: Settings
) -> None:
    working = settings.SEARCH_ENGINE
    settings.SEARCH_ENGINE = f"{__name__}.DeadEngine"
    clip = published_clip_of(cast)
    worker.drain()
    assert clip.live
    job = Job.objects.get(key=f"index/{clip.pk}")
    assert job.state == Job.State.QUEUED
    assert "the search server is gone" in job.error

    settings.SEARCH_ENGINE = working
    Job.objects.filter(pk=job.pk).update(run_after=job.created_at)
    worker.drain()
    assert found_ids("bai thu") == [clip.pk]


def test_a_withdrawn_clip_is_neither_found_nor_counted_and_the_ledger_says_why(
    cast: Cast, local_storages: Path
) -> None:
    clip = published_clip_of(cast)
    worker.drain()
    withdrawal.withdraw(clip, cast.minh, "Sai kiến thức ở phút 2")
    worker.drain()
    assert found_ids("bai thu") == []
    entry = LedgerEntry.objects.get()
    assert entry.withdrawn_from is not None
    assert entry.withdrawn_why == "Sai kiến thức ở phút 2"


def test_a_step_that_runs_twice_counts_once(cast: Cast, local_storages: Path) -> None:
    clip = published_clip_of(cast)
    journey.published(clip)
    journey.published(clip)
    worker.drain()
    assert LedgerEntry.objects.count() == 1
    assert found_ids("bai thu") == [clip.pk]


def test_an_import_by_a_superuser_goes_the_same_way(
    cast: Cast, local_storages: Path
) -> None:
    found()
    entry = Entry(
        line=2,
        file=file_of("slides"),
        title="Phòng chống đuối nước",
        unit=cast.school_a,
        kind=ClipKind.objects.get(code="skill"),
        skills=tuple(Skill.objects.all()[:1]),
        licence="CC-BY-4.0",
        consent=Consent.NO_MINORS,
    )
    clip = journey.imported(entry, cast.an, publish_by=cast.an)
    worker.drain()
    assert again(clip).live
    assert imports.already_there(entry) == again(clip)
    assert found_ids("duoi nuoc") == [clip.pk]


def test_an_import_without_a_licence_stays_a_draft(
    cast: Cast, local_storages: Path
) -> None:
    found()
    entry = Entry(
        line=2,
        file=file_of("slides"),
        title="Không có giấy phép",
        unit=cast.school_a,
        kind=ClipKind.objects.get(code="skill"),
        consent=Consent.NO_MINORS,
    )
    clip = journey.imported(entry, cast.an, publish_by=cast.an)
    worker.drain()
    asset = again(clip).asset
    assert asset is not None
    assert asset.is_playable
    assert not again(clip).live
