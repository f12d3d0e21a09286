"""kill -9 in the midst of an encode: the clip still ends playable, by itself."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clips import ffmpeg
from tests.machine import Machine, machine

pytestmark = [pytest.mark.process, pytest.mark.ffmpeg]

ENCODE = ("ffmpeg", "-progress")  # words of an encode's command line


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, TRANSCODE_THREADS="1", JOB_LEASE_SECONDS="3600") as found:
        staging = tmp_path / "data" / "staging"
        staging.mkdir()
        make_clip(staging / "film")
        yield found


def make_clip(path: Path) -> None:
    """Long enough that there is time to kill somebody, short enough to wait for."""
    picture = "testsrc2=s=854x480:r=25:d=40"
    ffmpeg(
        *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=d=40"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-f", "mp4", path),
    )


def receive(box: Machine) -> None:
    size = (box.folder / "data" / "staging" / "film").stat().st_size
    box.shell(
        "from media_pipeline import steps\n"
        f"steps.receive('film', 'bài giảng.mp4', {size})"
    )


def state(box: Machine) -> str:
    (asset,) = box.rows("SELECT state FROM media_pipeline_asset")
    return str(asset["state"])


def encodes(box: Machine) -> set[int]:
    return set(box.processes(*ENCODE))


def started(box: Machine) -> subprocess.Popen[bytes]:
    process = box.up()
    receive(box)
    box.wait_for(lambda: encodes(box), why="no encode begins")
    return process


def ends_playable(box: Machine) -> None:
    box.wait_for(lambda: state(box) == "playable")
    done = "SELECT 1 FROM jobs_job WHERE kind = 'package' AND state = 'done'"
    box.wait_for(lambda: box.rows(done))
    assert not encodes(box)
    current = box.rows(
        "SELECT p.* FROM media_pipeline_package p"
        " JOIN media_pipeline_asset a ON a.package_id = p.id"
    )
    assert [package["is_whole"] for package in current] == [1]
    packages = box.folder / "data" / "packages"
    assert (packages / current[0]["prefix"] / "master.m3u8").is_file()


def test_the_transcoding_worker_is_killed(box: Machine) -> None:
    started(box)
    old = encodes(box)
    (victim,) = box.processes("--queue-name transcode")
    os.kill(victim, signal.SIGKILL)
    box.wait_for(lambda: not old & encodes(box), seconds=2, why="ffmpeg lives on")
    box.wait_for(lambda: encodes(box) - old)
    ends_playable(box)


def test_ffmpeg_is_killed(box: Machine) -> None:
    started(box)
    for pid in encodes(box):
        os.kill(pid, signal.SIGKILL)
    ends_playable(box)


def test_everything_is_killed_and_started_again(box: Machine) -> None:
    process = started(box)
    process.kill()
    process.wait()
    box.wait_for(lambda: not box.processes())
    box.up()
    ends_playable(box)


def test_the_percent_that_people_see_never_falls(box: Machine) -> None:
    started(box)
    seen: list[float] = []

    def look() -> bool:
        (job,) = box.rows("SELECT progress FROM jobs_job WHERE kind = 'package'")
        seen.append(job["progress"])
        return seen[-1] > 0.3

    box.wait_for(look, why="it does not get on")
    (victim,) = box.processes("--queue-name transcode")
    os.kill(victim, signal.SIGKILL)
    box.wait_for(lambda: look() and state(box) == "playable")
    assert seen == sorted(seen)
    again = "SELECT attempt FROM jobs_job WHERE kind = 'package' AND attempt > 1"
    assert box.rows(again)  # the worker was killed in the midst of it
