"""A draft whose first file did not do: another one takes its place and is published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from library import journey
from library.clips import drafts
from library.clips.models import ClipPage
from library.clips.progress import stage_of
from library.founding import found
from library.review import chain
from library.uploads.models import UploadSession
from media_pipeline import storage
from media_pipeline.jobs import worker
from media_pipeline.models import Asset
from tests.cast import Cast, assemble
from tests.clips import clip as file_of
from tests.clips import ffmpeg
from tests.library.clips import factories
from tests.machine import Machine, machine

pytestmark = pytest.mark.ffmpeg


def bytes_come(session: UploadSession, file: Path) -> None:
    shutil.copyfile(file, session.staging_path)


def again(clip: ClipPage) -> ClipPage:
    return ClipPage.objects.get(pk=clip.pk)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_refused_file_is_replaced_by_a_good_one_and_published(
    local_storages: Path,
) -> None:
    cast: Cast = assemble()
    found()
    bad, good = file_of("rubbish inside"), file_of("slides")
    first = journey.upload_started(
        cast.lan, cast.school_a, bad.name, bad.stat().st_size
    )
    bytes_come(first, bad)
    clip = drafts.save_details(first.clip, cast.lan, factories.details())
    journey.received(first)
    worker.drain()
    assert stage_of(again(clip)).code == "refused"

    second = journey.another_upload_started(
        cast.lan, again(clip), good.name, good.stat().st_size
    )
    assert stage_of(again(clip)).code == "uploading"
    bytes_come(second, good)
    asset = journey.received(second)
    worker.drain()
    assert stage_of(again(clip)).code == "ready"

    journey.submitted(again(clip), cast.lan)
    step = chain.waiting_step(again(clip))
    assert step is not None
    chain.approve(step, cast.minh)
    assert again(clip).live
    assert again(clip).title == "Phương trình bậc hai"
    asset.refresh_from_db()
    assert Asset.objects.get() == asset
    assert [one.key for one in storage.stored_originals()] == [asset.original_key]
    assert asset.package is not None
    assert [one.key for one in storage.stored_packages()] == [asset.package.prefix]


# --- while a worker is still at the old one ----------------------------------------------

DRAFT = """
import shutil
from library import journey
from library.clips.models import ClipPage
from library.founding import found
from media_pipeline import steps
from media_pipeline.models import Asset
from tests.cast import assemble
lan, film, good = (cast := assemble()).lan, {film!r}, {good!r}
found()
first = journey.upload_started(lan, cast.school_a, "cu.mp4", {size})
shutil.copyfile(film, first.staging_path)
journey.received(first)
Asset.objects.update(state="failed")
clip = ClipPage.objects.get()
second = journey.another_upload_started(lan, clip, "moi.mp4", {good_size})
shutil.copyfile(good, second.staging_path)
steps.retry(Asset.objects.get())  # an operator has it tried again
"""
LAST_BYTE = """
from library import journey
from library.uploads.models import UploadSession
journey.received(UploadSession.objects.get(finished_at=None))
"""
ENCODE = ("ffmpeg", "-progress")


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Machine]:
    module = "tests.settings"
    with machine(tmp_path, DJANGO_SETTINGS_MODULE=module, TRANSCODE_THREADS="1") as one:
        yield one


@pytest.mark.process
def test_another_file_ends_the_encode_of_the_old_one_and_nothing_is_left_of_it(
    box: Machine,
) -> None:
    film, good = box.folder / "film.mp4", file_of("slides")
    picture = ("-f", "lavfi", "-i", "testsrc2=s=854x480:r=25:d=60")
    ffmpeg(*picture, "-c:v", "libx264", "-preset", "ultrafast", film)
    sizes = {"size": film.stat().st_size, "good_size": good.stat().st_size}
    box.shell(DRAFT.format(film=str(film), good=str(good), **sizes))
    (old,) = box.rows("SELECT * FROM media_pipeline_asset")
    box.worker("transcode")
    box.wait_for(lambda: box.processes(*ENCODE), seconds=60, why="no encode begins")
    of_the_old = set(box.processes(*ENCODE))

    box.shell(LAST_BYTE)
    gone = "the old encode goes on"
    box.wait_for(lambda: not of_the_old & set(box.processes()), seconds=30, why=gone)
    done = "SELECT uuid FROM media_pipeline_asset WHERE state = 'playable'"
    box.wait_for(lambda: box.rows(done), seconds=90)
    (new,) = box.rows("SELECT * FROM media_pipeline_asset")
    assert new["uuid"] != old["uuid"]
    data = box.folder / "data"
    box.wait_for(lambda: not any((data / "scratch").iterdir()))
    stored = {
        path.name
        for kind in ("originals", "packages")
        for path in (data / kind).iterdir()
    }
    assert {name.replace("-", "") for name in stored} == {new["uuid"]}
    assert not any((data / "staging").iterdir())
    assert not [key for key in box.jobs() if key.startswith(f"asset/{old['id']}/")]
