"""A long clip in parts while workers are killed, stopped and frozen: it ends whole, and
what was finished is not encoded again."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journey.test_worker_killed import encodes, ends_playable, make_clip, receive
from tests.machine import Machine, machine

pytestmark = [pytest.mark.process, pytest.mark.ffmpeg]

PARTS = 3  # of 40 seconds
QUEUE = "transcode"


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Machine]:
    small = {"LONG_CLIP_SECONDS": "20", "FIRST_RUNG_SECONDS": "20"}
    small |= {"PIECE_SECONDS": "12", "TRANSCODE_THREADS": "1"}
    with machine(tmp_path, **small) as found:
        staging = tmp_path / "data" / "staging"
        staging.mkdir()
        make_clip(staging / "film")
        receive(found)
        found.start("janitor")
        yield found


def parts(box: Machine, state: str) -> list[dict[str, Any]]:
    return [
        job
        for job in box.jobs().values()
        if job["kind"] == "piece" and job["state"] == state
    ]


def one_done_one_running(box: Machine) -> None:
    box.wait_for(lambda: parts(box, "done") and parts(box, "running") and encodes(box))


def worker_of(job: dict[str, Any]) -> int:
    return int(job["worker"].split("|")[3])


def below(pid: int, ancestor: int) -> bool:
    """Is `pid` a child of `ancestor`, or a child's child?"""
    while pid > 1 and pid != ancestor:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:  # it ended meanwhile
            return False
        pid = int(status.split("PPid:")[1].split()[0])
    return pid == ancestor


def halt_in_the_midst(box: Machine) -> dict[str, Any]:
    """One part is done; of another ffmpeg is halted, lest it end before its worker does."""
    box.wait_for(lambda: parts(box, "done"))
    halted: list[dict[str, Any]] = []

    def halt() -> bool:
        for pid in encodes(box):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
                running = parts(box, "running")
                halted[:] = [job for job in running if below(pid, worker_of(job))]
                if halted:
                    return True
                os.kill(pid, signal.SIGCONT)  # it joins parts, or its part is done
        return False

    box.wait_for(halt)
    return halted[0]


def nothing_is_left(box: Machine) -> None:
    data = box.folder / "data"
    work = data / "originals" / "work"
    box.wait_for(lambda: not (work.is_dir() and list(work.rglob("*.mp4"))))
    box.wait_for(lambda: not list((data / "scratch").iterdir()))
    assert not [job for job in box.jobs().values() if job["kind"] == "piece"]
    assert box.rows("SELECT 1 FROM media_pipeline_build WHERE ended_at IS NOT NULL")


def encoded(box: Machine) -> int:
    """Encodes that came to their end."""
    rows = box.rows(
        "SELECT 1 FROM media_pipeline_steprun"
        " WHERE step = 'encode' AND ended_at IS NOT NULL AND error = ''"
    )
    return len(rows)


# Each phase's parts and their joining, and the sound once.
ALL = 2 * (PARTS + 1) + 1


def test_a_worker_that_is_killed_costs_its_part_alone(box: Machine) -> None:
    for _ in range(2):
        box.worker(QUEUE)
    os.kill(worker_of(halt_in_the_midst(box)), signal.SIGKILL)
    ends_playable(box)
    assert encoded(box) == ALL
    nothing_is_left(box)


def test_two_workers_end_the_last_parts_and_one_joins_them(box: Machine) -> None:
    for _ in range(2):
        box.worker(QUEUE)
    ends_playable(box)
    assert encoded(box) == ALL
    runs = "SELECT 1 FROM media_pipeline_steprun WHERE step LIKE 'publish%'"
    assert len(box.rows(runs)) == 2
    nothing_is_left(box)


def test_a_stopped_worker_gives_its_part_back_and_keeps_the_finished(
    box: Machine,
) -> None:
    first = box.worker(QUEUE)
    running = halt_in_the_midst(box)["key"]
    first.send_signal(signal.SIGTERM)
    first.wait(timeout=60)
    job = box.jobs()[running]
    assert (job["state"], job["attempt"], job["lease"]) == ("queued", 0, "")
    assert not encodes(box)
    box.worker(QUEUE)
    ends_playable(box)
    assert encoded(box) == ALL
    nothing_is_left(box)


def test_a_worker_frozen_past_its_lease_wakes_without_harm(box: Machine) -> None:
    first = box.worker(QUEUE)
    one_done_one_running(box)
    part = parts(box, "running")[0]
    frozen = box.processes(f"--queue-name {QUEUE}") | box.processes("ffmpeg")
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    box.worker(QUEUE)
    box.wait_for(lambda: box.jobs().get(part["key"], part)["lease"] != part["lease"])
    for pid in frozen:
        os.kill(pid, signal.SIGCONT)
    ends_playable(box)
    nothing_is_left(box)
    assert first.poll() is None  # it lives, and works on
