"""A program starts only under somebody's eyes, and ends by its pid."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Iterator

import pytest

from media_pipeline.leash import WAITING, Leash, exit_code


@pytest.fixture
def leash() -> Iterator[Leash]:
    with contextlib.closing(Leash()) as found:
        yield found


def _start(leash: Leash, *argv: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        ["/bin/sh", "-c", WAITING, "sh", *argv],
        stdin=leash.theirs.fileno(),
        stdout=subprocess.PIPE,
    )
    leash.hand_over()
    return process


def test_it_begins_once_answered_and_is_known_by_its_pid(leash: Leash) -> None:
    with _start(leash, "/bin/sh", "-c", "echo $$; cat") as process:
        leash.answer()
        assert process.stdout is not None
        told = process.stdout.read()  # `cat` ends at once: nothing is on its stdin
    assert (leash.pid, process.returncode) == (process.pid, 0)
    assert int(told) == process.pid


def test_it_never_begins_when_nobody_is_there_to_answer(leash: Leash) -> None:
    with _start(leash, "/bin/echo", "it runs") as process:
        leash.close()
        assert process.stdout is not None
        assert process.stdout.read() == b""
    assert process.returncode != 0


def test_it_can_be_killed_by_its_pid(leash: Leash) -> None:
    with _start(leash, "/bin/sleep", "60") as process:
        leash.answer()
        leash.kill()
    assert process.returncode == -signal.SIGKILL


def test_one_that_never_spoke_has_no_pid(leash: Leash) -> None:
    leash.hand_over()
    leash.answer()
    assert leash.pid is None
    leash.kill()


@pytest.mark.parametrize(
    ("told", "meant"),
    [(0, 0), (1, 1), (69, 69), (137, -9), (139, -11), (183, 183), (254, 254)],
)
def test_a_death_by_signal_is_told_apart_from_an_ordinary_end(
    told: int, meant: int
) -> None:
    assert exit_code(told) == meant
