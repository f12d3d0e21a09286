"""Telling a worker that is gone from one that may still be there."""

from __future__ import annotations

import os
import subprocess
import sys

from media_pipeline.jobs import identity


def worker_of(pid: int, *, boot: str | None = None, start: str | None = None) -> str:
    host, real_boot, namespace, _, _ = identity.mine().split("|")
    stat = f"/proc/{pid}/stat"
    with open(stat) as file:  # noqa: PTH123
        real_start = file.read().rpartition(")")[2].split()[19]
    return "|".join((host, boot or real_boot, namespace, str(pid), start or real_start))


def test_a_running_worker_is_not_gone() -> None:
    assert not identity.is_surely_gone(identity.mine())
    assert identity.mine() == worker_of(os.getpid())


def test_a_dead_worker_is_gone_already_as_a_zombie() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    worker = worker_of(process.pid)
    assert not identity.is_surely_gone(worker)
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it stays a zombie
    assert identity.is_surely_gone(worker)
    process.communicate()
    assert identity.is_surely_gone(worker)


def test_another_process_with_the_same_pid_is_not_the_worker() -> None:
    assert identity.is_surely_gone(worker_of(os.getpid(), start="1"))


def test_nothing_is_known_about_another_machine_or_an_odd_name() -> None:
    assert not identity.is_surely_gone(worker_of(os.getpid(), boot="x", start="1"))
    assert not identity.is_surely_gone("")
    assert not identity.is_surely_gone("somebody")


def test_people_see_host_and_pid() -> None:
    host = identity.mine().split("|")[0]
    assert identity.short(identity.mine()) == f"{host}/{os.getpid()}"
    assert identity.short("") == ""
