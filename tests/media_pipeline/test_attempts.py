"""One try of a job: what it may write, what is recorded of it, and when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from media_pipeline import attempts, jobs, storage
from media_pipeline.attempts import Attempt
from media_pipeline.jobs import claim, lease
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset, Package, StepRun
from media_pipeline.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_storages")]


def claimed(asset: Asset) -> Job:
    jobs.request(asset.job_key, "package", {"asset": asset.pk})
    found = claim.best("default")
    assert found is not None
    return found


@pytest.fixture
def attempt() -> Iterator[Attempt]:
    asset = Asset.objects.create(file_name="bài.mp4", state="encoding")
    job = claimed(asset)
    with lease.kept(job), attempts.of(job) as found:
        assert found is not None
        yield found


@pytest.mark.parametrize("state", ["playable", "refused", "failed"])
def test_there_is_nothing_to_do_for_an_asset_that_is_over(state: str) -> None:
    asset = Asset.objects.create(state=state)
    with attempts.of(claimed(asset)) as found:
        assert found is None


def test_there_is_nothing_to_do_for_an_asset_that_was_discarded() -> None:
    asset = Asset.objects.create()
    job = claimed(asset)
    asset.delete()
    with attempts.of(job) as found:
        assert found is None


def test_its_scratch_folder_is_gone_however_it_ends() -> None:
    job = claimed(Asset.objects.create())
    with pytest.raises(OSError, match="full"), attempts.of(job) as found:  # noqa: PT012
        assert found is not None
        (found.folder / "film").touch()
        raise OSError("full")
    assert not any(Path(django_settings.SCRATCH_DIR).iterdir())


def test_the_original_is_fetched_once(attempt: Attempt, tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(b"film")
    attempt.asset.original_key = storage.original_key(attempt.asset.uuid)
    storage.put_original(tmp_path / "film", attempt.asset.original_key)
    attempt.fetch_original()
    storage.delete_original(attempt.asset.original_key)
    attempt.fetch_original()
    assert attempt.original.read_bytes() == b"film"


def test_what_it_finds_is_written_while_the_job_is_its_own(attempt: Attempt) -> None:
    attempt.write(lambda: attempt.move(State.WATCHABLE, duration_ms=7))
    asset = Asset.objects.get()
    assert (asset.state, asset.duration_ms) == ("watchable", 7)


def test_who_lost_the_job_writes_nothing(attempt: Attempt) -> None:
    Job.objects.update(lease="another")
    with pytest.raises(lease.LostError):
        attempt.write(lambda: attempt.move(State.WATCHABLE))
    assert Asset.objects.get().state == "encoding"


def test_where_it_is_already_only_the_fields_are_written(attempt: Attempt) -> None:
    package = Package.objects.create(asset=attempt.asset, prefix="x")
    news = Job.objects.filter(kind="asset_moved").count()
    attempt.write(lambda: attempt.move(State.ENCODING, package=package))
    assert Asset.objects.get().package == package
    assert Job.objects.filter(kind="asset_moved").count() == news


def test_a_step_is_recorded_with_its_commands_also_when_it_fails(
    attempt: Attempt,
) -> None:
    with pytest.raises(OSError, match="full"), attempt.step("encode") as session:  # noqa: PT012
        session.commands.append(("ffmpeg", "-i"))
        raise OSError("full")
    run = StepRun.objects.get()
    assert (run.step, run.commands, run.error) == (
        "encode",
        [["ffmpeg", "-i"]],
        "OSError: full",
    )


def test_the_processes_of_a_step_end_with_the_lease(attempt: Attempt) -> None:
    with attempt.step("encode") as session:
        assert session.cancelled is not None
        assert not session.cancelled()
        lease.let_go()
        assert session.cancelled()
