"""Fingerprints of real films: copies are found, lectures of one template are not."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest

from benchmarks.lookalikes import COPIES, Maker, camera, lecture
from media_pipeline import storage
from media_pipeline.jobs import claim, lease
from media_pipeline.jobs.models import Job
from media_pipeline.likeness import prints
from media_pipeline.likeness.matching import Films
from media_pipeline.likeness.models import Print
from media_pipeline.models import Asset, Package
from media_pipeline.session import Session
from tests import shelf

pytestmark = pytest.mark.django_db

SECONDS = 24
ORIGINALS: dict[str, Maker] = {
    "lecture": lecture(1, SECONDS),
    "lecture 2": lecture(2, SECONDS),
    "lecture 3": lecture(3, SECONDS, jingle_s=6),
    "lecture 4": lecture(4, SECONDS, jingle_s=6),
    "camera": camera(51, SECONDS),
    "camera 2": camera(52, SECONDS),
}
CHOSEN = [one for one in COPIES if one.name in {"bars", "both cut off, coarse"}]


def filmed(name: str) -> Path:
    def make(folder: Path) -> None:
        ORIGINALS[name](folder / "film.mp4")

    return shelf.once(f"lookalike {name}", make) / "film.mp4"


def copied(name: str, number: int) -> Path:
    def make(folder: Path) -> None:
        CHOSEN[number].make(filmed(name), folder / "film.mp4")

    return shelf.once(f"lookalike {name} copy {number}", make) / "film.mp4"


def film_of(path: Path) -> Films:
    with tempfile.TemporaryDirectory() as name:
        return prints.film_of(path, Path(name), Session())


def printed(path: Path) -> Asset:
    asset = Asset.objects.create(file_name=path.name, size=1)
    prints.keep(asset, film_of(path))
    return asset


def found_for(asset: Asset) -> set[int]:
    return {match.asset_id for match in prints.alike(asset)}


def test_copies_are_found_and_what_only_looks_alike_is_not() -> None:
    originals = {name: printed(filmed(name)) for name in ORIGINALS}
    for name in ("lecture", "camera"):
        for number in range(len(CHOSEN)):
            copy = printed(copied(name, number))
            assert found_for(copy) == {originals[name].pk}
            copy.delete()
    assert [found_for(asset) for asset in originals.values()] == [set()] * 6


# --- the job ------------------------------------------------------------------------


@pytest.fixture
def asset(local_storages: None, tmp_path: Path, settings: Any) -> Asset:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    made = Asset.objects.create(file_name="a.mp4", size=1)
    prefix = storage.fresh_prefix(made.uuid)
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "download.mp4").write_bytes(filmed("lecture").read_bytes())
    (folder / storage.MASTER).write_text("#EXTM3U\n")
    storage.put_tree(folder, prefix)
    made.package = Package.objects.create(
        asset=made,
        prefix=prefix,
        is_whole=True,
        manifest={"download": {"file": "download.mp4"}, "audio": {"bytes": 1}},
    )
    made.save()
    return made


def claimed(asset: Asset) -> Job:
    prints.request(asset)
    job = claim.best("default")
    assert job is not None
    assert job.kind == prints.KIND
    return job


def made(job: Job) -> None:
    with lease.kept(job):
        prints.make(job)


def test_the_job_keeps_it_and_has_it_told(asset: Asset) -> None:
    made(claimed(asset))
    row = Print.objects.get(asset=asset)
    assert row.terms.exists()
    assert Job.objects.filter(key=asset.news_key).exists()


def test_a_second_run_changes_nothing(asset: Asset) -> None:
    job = claimed(asset)
    made(job)
    terms = list(Print.objects.get().terms.values_list("pk", flat=True))
    made(job)
    assert list(Print.objects.get().terms.values_list("pk", flat=True)) == terms


def test_it_bears_that_the_video_is_gone(asset: Asset) -> None:
    job = claimed(asset)
    asset.delete()
    made(job)
    assert not Print.objects.exists()


def test_a_worker_that_lost_its_lease_keeps_nothing(asset: Asset) -> None:
    job = claimed(asset)
    Job.objects.filter(pk=job.pk).update(lease="another")
    with pytest.raises(lease.LostError):
        made(job)
    assert not Print.objects.exists()


def test_what_was_there_before_is_asked_for_once(asset: Asset) -> None:
    assert prints.request_missing() == 1
    assert prints.request_missing() == 0
    assert Job.objects.filter(kind=prints.KIND).count() == 1
