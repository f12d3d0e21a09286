"""Running one job: claim, keep, handle, settle; and what a signal does meanwhile."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
import time
from collections.abc import Iterator
from functools import partial
from types import FrameType

from django.db import connection

from media_pipeline.jobs import claim, lease, outcome, registry
from media_pipeline.jobs.models import Job

logger = logging.getLogger(__name__)


class StoppedError(BaseException):
    """Raised in the midst of the work by SIGTERM or Ctrl-C; no handler may swallow it."""


class _Stop:
    """Remembers the signal: on its way out StoppedError may be replaced by another."""

    number: int | None = None

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        if self.number is None:
            self.number = number
            lease.let_go()
            raise StoppedError


def run_best(queue: str) -> bool:
    """Run the most urgent job of `queue` here and now; False when none is due."""
    job, stop = None, _Stop()
    with contextlib.suppress(StoppedError), _heeding(stop):
        job = claim.best(queue)
        if job is not None:
            _work(job, stop)
    if stop.number is not None:
        if job is not None:
            _give_back(job)
        signal.raise_signal(stop.number)  # now to whom it was meant for: the process
    return job is not None


def drain(*queues: str) -> int:
    """Run all that is due, in this process, until nothing is left; how many it were."""
    done = 0
    while any(run_best(queue) for queue in queues or ("default", "transcode")):
        done += 1
    return done


def _work(job: Job, stop: _Stop) -> None:
    started = time.monotonic()
    with lease.kept(job):
        how = _outcome(job, stop)
    seconds = time.monotonic() - started
    logger.info("job=%s attempt=%d %s seconds=%.1f", job.key, job.attempt, how, seconds)


def _outcome(job: Job, stop: _Stop) -> str:
    try:
        result = registry.of(job).handler(job)
    except lease.LostError:
        return "lost"
    except Exception as error:
        if stop.number is not None:
            raise StoppedError from error
        logger.warning("job=%s attempt=%d", job.key, job.attempt, exc_info=True)
        wait = outcome.pause(job.attempt)
        is_ours = lease.patiently(partial(outcome.fail, job, error, wait))
        return "failed" if is_ours else "lost"
    is_ours = lease.patiently(partial(outcome.finish, job, result))
    return "done" if is_ours else "lost"


def _give_back(job: Job) -> None:
    # The signal may have come in the midst of a query.
    if not connection.in_atomic_block:
        connection.close()
    if outcome.give_back(job):
        logger.info("job=%s attempt=%d given back", job.key, job.attempt)


@contextlib.contextmanager
def _heeding(stop: _Stop) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # Python gives signals to the main thread alone
        return
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        for number in numbers:
            signal.signal(number, stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
