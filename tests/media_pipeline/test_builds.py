"""One making of a package: one at a time, and nothing of it left when it has ended."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from media_pipeline import builds, jobs, storage
from media_pipeline.jobs.models import Job
from media_pipeline.jobs.parts import Part, divide
from media_pipeline.models import Asset, Build, Package

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("any_storages"),
]


@pytest.fixture
def asset() -> Asset:
    return Asset.objects.create(file_name="bài.mp4", state="encoding")


def with_parts(build: Build, folder: Path) -> None:
    """One of each phase, their files in storage."""
    (folder / "film.mp4").write_bytes(b"film")
    whole = jobs.request(build.asset.job_key, "package", {"asset": build.asset_id})
    keys = [f"{build.parts_key}{phase}/00" for phase in (0, 1)]
    with transaction.atomic():
        divide(whole, [Part(key, "piece", {}) for key in keys])
    for phase in (0, 1):
        storage.put_work(folder, f"{build.work}/{phase}/7-abc")


def stored() -> set[str]:
    return {found.key for found in storage.stored_work()}


def parts() -> list[str]:
    return [job.key.split("/")[-2] for job in Job.objects.filter(kind="piece")]


def test_an_asset_has_one_open_build(asset: Asset) -> None:
    build = builds.open_of(asset)
    assert builds.open_of(asset) == build
    with pytest.raises(IntegrityError):
        builds.begin(asset)


def test_after_one_has_ended_another_may_begin(asset: Asset) -> None:
    build = builds.begin(asset)
    builds.end(build)
    again = builds.open_of(asset)
    assert again != build
    assert again.work != build.work


def test_an_ended_build_leaves_neither_parts_nor_files(
    asset: Asset, tmp_path: Path
) -> None:
    build, other = builds.begin(asset), builds.begin(Asset.objects.create())
    with_parts(build, tmp_path)
    storage.put_work(tmp_path, f"{other.work}/0/9-abc")
    builds.end(build)
    assert (parts(), stored()) == ([], {other.work})


def test_one_phase_can_be_forgotten_alone(asset: Asset, tmp_path: Path) -> None:
    build = builds.begin(asset)
    with_parts(build, tmp_path)
    builds.forget_parts(build, 0)
    assert parts() == ["1"]
    back = tmp_path / "back"
    storage.fetch_work(f"{build.work}/1/7-abc", ["film.mp4"], back)


def test_nothing_is_forgotten_when_the_transaction_fails(
    asset: Asset, tmp_path: Path
) -> None:
    build = builds.begin(asset)
    with_parts(build, tmp_path)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        builds.end(build)
        raise RuntimeError
    assert (parts(), stored()) == (["0", "1"], {build.work})
    assert builds.open_of(asset) == build


def test_starting_over_keeps_the_build_and_what_plays(
    asset: Asset, tmp_path: Path
) -> None:
    build = builds.begin(asset)
    build.plan = {"old": True}
    build.first = Package.objects.create(asset=asset, prefix="x")
    assert build.phase == 1
    with_parts(build, tmp_path)
    builds.start_over(build)
    build.refresh_from_db()
    assert (build.plan, build.phase, build.ended_at) == ({}, 0, None)
    assert (parts(), stored()) == ([], set())
    assert Package.objects.exists()


@pytest.mark.parametrize(
    ("state", "days", "ends"),
    [
        ("playable", 0, True),
        ("refused", 0, True),
        ("failed", 1, False),
        ("failed", 8, True),
        ("encoding", 30, False),
    ],
)
def test_a_build_that_nobody_will_go_on_with_is_ended(
    asset: Asset, state: str, days: int, ends: bool
) -> None:
    build = builds.begin(asset)
    then = timezone.now() - datetime.timedelta(days=days)
    Asset.objects.update(state=state, updated_at=then)
    assert builds.end_stale() == ends
    build.refresh_from_db()
    assert (build.ended_at is not None) is ends
