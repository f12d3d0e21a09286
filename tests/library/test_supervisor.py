"""What `up` keeps running, really killed; and that nothing outlives it."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from library.supervisor import Program
from tests.machine import ROLES, Machine, machine

pytestmark = pytest.mark.process


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path) as found:
        yield found


def leader(box: Machine, role: str) -> int:
    """The one that `up` itself started."""
    return min(box.processes(role))


def test_each_child_that_is_killed_comes_back(box: Machine) -> None:
    box.up()
    for role in ROLES:
        victim = leader(box, role)
        os.kill(victim, signal.SIGKILL)
        box.wait_for(partial(is_replaced, box, role, victim), why=f"{role} stays dead")


def is_replaced(box: Machine, role: str, victim: int) -> bool:
    running = box.processes(role)
    return bool(running) and victim not in running


def test_when_up_is_killed_nothing_is_left_running_and_the_job_is_given_back(
    box: Machine,
) -> None:
    process = box.up()
    box.naps(seconds=600)
    box.wait_for(lambda: box.diary_of("start"))
    process.kill()
    process.wait()
    box.wait_for(lambda: not box.processes())
    job = box.jobs()["nap/0"]
    assert (job["state"], job["attempt"]) == ("queued", 0)


def test_sigterm_ends_everything_in_good_order(box: Machine) -> None:
    process = box.up()
    box.naps(seconds=600)
    box.wait_for(lambda: box.diary_of("start"))
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert box.processes() == {}
    job = box.jobs()["nap/0"]
    assert (job["state"], job["attempt"], job["lease"]) == ("queued", 0, "")


# --- the supervisor alone -----------------------------------------------------------------


def supervised(folder: Path, *programs: Program, seconds: float) -> list[str]:
    """Run `programs` for so long in a process of their own; the lines they wrote."""
    code = (
        "import os, threading; from pathlib import Path; from library import supervisor\n"
        "from library.supervisor import Program\n"
        f"threading.Timer({seconds}, lambda: os.kill(os.getpid(), 15)).start()\n"
        f"supervisor.run({list(programs)!r}, os.environ, lambda: None)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    diary = folder / "diary"
    return diary.read_text().splitlines() if diary.exists() else []


def python(folder: Path, code: str) -> list[str]:
    preamble = f"diary = open({str(folder / 'diary')!r}, 'a', buffering=1)\n"
    return [sys.executable, "-c", preamble + code]


def test_what_runs_once_is_done_when_it_ends_well(tmp_path: Path) -> None:
    once = Program("once", python(tmp_path, "diary.write('ran\\n')"), runs_once=True)
    assert supervised(tmp_path, once, seconds=2) == ["ran"]


def test_what_keeps_dying_is_started_again_with_growing_pauses(tmp_path: Path) -> None:
    code = "import time, sys; diary.write(f'{time.time()}\\n'); sys.exit(1)"
    dying = Program("dying", python(tmp_path, code), runs_once=True)
    starts = [float(line) for line in supervised(tmp_path, dying, seconds=6)]
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert 2 <= len(gaps) <= 3
    assert gaps[1] > gaps[0] + 0.5


def test_what_does_not_heed_sigterm_is_killed(tmp_path: Path) -> None:
    code = (
        "import signal, time; signal.signal(15, signal.SIG_IGN)\n"
        "import os; diary.write(f'{os.getpid()}\\n'); time.sleep(600)"
    )
    stubborn = Program("stubborn", python(tmp_path, code))
    (pid,) = supervised(tmp_path, stubborn, seconds=1)
    assert not Path(f"/proc/{pid}").exists()
