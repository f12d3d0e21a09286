"""Keeping a claimed job: the heartbeat, what is reported meanwhile, and the fence."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from django.conf import settings
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
)
from django.db.models import F
from django.db.models.functions import Greatest, Now

from media_pipeline.jobs.claim import lease_time
from media_pipeline.jobs.models import Job

REPORT_EVERY_S = 1.0
_DATABASE_AWAY = (OperationalError, InterfaceError)
T = TypeVar("T")


class LostError(Exception):
    """The job is another worker's by now: stop, and write nothing."""


class _Keeper(threading.Thread):
    """Extends one lease until told to stop; sets `lost` when it is no longer ours."""

    def __init__(self, job: Job) -> None:
        super().__init__(name=f"lease of {job.key}", daemon=True)
        self._job = job
        self._extended = time.monotonic()
        self.over = threading.Event()
        self.lost = False
        self.reported = 0.0

    def run(self) -> None:
        while not self.over.wait(settings.JOB_LEASE_SECONDS / 3):
            self._beat()
        connection.close()  # each thread has its own

    def _beat(self) -> None:
        now = time.monotonic()
        try:
            held = Job.objects.held_by(self._job).update(
                lease_until=Now() + lease_time()
            )
        except _DATABASE_AWAY:
            # A restarting database is no reason to throw an encode away, until the
            # lease has run out: then another worker may have the job.
            connection.close()
            if now - self._extended > settings.JOB_LEASE_SECONDS:
                self.lost = True
            return
        if held:
            self._extended = now
        else:
            self.lost = True


_keepers: dict[str, _Keeper] = {}  # by lease token; a process may run several


@contextlib.contextmanager
def kept(job: Job) -> Iterator[None]:
    keeper = _keepers[job.lease] = _Keeper(job)
    keeper.start()
    try:
        yield
    finally:
        del _keepers[job.lease]
        keeper.over.set()
        keeper.join()


def is_lost(job: Job) -> bool:
    """Cheap enough to be asked several times a second."""
    keeper = _keepers.get(job.lease)
    return keeper is None or keeper.lost


def let_go() -> None:
    """The process is to stop: whoever asks `is_lost` now ends by himself, even where
    the exception that a signal raises was swallowed (a finaliser, a callback of C)."""
    for keeper in _keepers.values():
        keeper.lost = True


def report(job: Job, fraction: float, seconds_left: float | None = None) -> bool:
    """Progress for people, at most once a second; failing to write it is no failure.
    True when it was written.

    A try after a killed worker begins anew, but nobody shall see it go backwards.
    """
    keeper = _keepers.get(job.lease)
    now = time.monotonic()
    if keeper is None or now - keeper.reported < REPORT_EVERY_S:
        return False
    keeper.reported = now
    left = None if seconds_left is None else max(0, round(seconds_left))
    try:
        held = Job.objects.held_by(job).update(
            progress=Greatest(F("progress"), min(1.0, max(0.0, fraction))),
            seconds_left=left,
        )
    except _DATABASE_AWAY:
        connection.close()
        return False
    keeper.lost = keeper.lost or not held  # sooner than the next heartbeat would tell
    return bool(held)


def report_whole(job: Job, tell: Callable[[], tuple[float, float | None]]) -> None:
    """What `tell` finds of the work that `job` is a part of: the share that is done, and
    the seconds left where it can say so. As `report()`."""
    try:
        fraction, left_s = tell()
        told = {} if left_s is None else {"seconds_left": max(0, round(left_s))}
        done = min(1.0, max(0.0, fraction))
        Job.objects.filter(parts=job).update(
            progress=Greatest(F("progress"), done), **told
        )
    except _DATABASE_AWAY:
        connection.close()


def fence(job: Job) -> None:
    """Call first in a transaction that writes a job's result: until it commits nobody
    else can take the job; LostError when somebody already has."""
    if not Job.objects.held_by(job).select_for_update().exists():
        raise LostError(job.key)


def patiently(write: Callable[[], T]) -> T:
    """Try a whole transaction again while the database is away, for one lease's time."""
    if connection.in_atomic_block:  # then it is the caller's, and so is trying again
        return write()
    until = time.monotonic() + settings.JOB_LEASE_SECONDS
    while True:
        close_old_connections()
        try:
            return write()
        except _DATABASE_AWAY:
            if time.monotonic() > until:
                raise
            connection.close()
            time.sleep(1)
