"""Which function does which kind of job, told once by each app's `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from media_pipeline.jobs.models import Job

Handler = Callable[["Job"], dict[str, Any] | None]
GaveUp = Callable[["Job", Exception], None]


def _nothing(job: Job, error: Exception) -> None:
    """Most kinds have nobody to tell."""


@dataclass(frozen=True)
class Kind:
    handler: Handler
    gave_up: GaveUp


class UnknownKindError(Exception):
    """Not permanent: during a deployment an older worker may meet a newer job."""


_kinds: dict[str, Kind] = {}


def register(kind: str, handler: Handler, gave_up: GaveUp = _nothing) -> None:
    """`handler(job)` must bear being run twice; an exception is tried again with growing
    pauses, unless it has `permanent = True`. What it returns becomes `job.result`, for
    the job that this one is a part of (`parts.divide()`).

    `gave_up(job, error)` is called once when no further try will come, in the very
    transaction that marks the job failed; it must not raise.
    """
    _kinds[kind] = Kind(handler, gave_up)


def of(job: Job) -> Kind:
    try:
        return _kinds[job.kind]
    except KeyError:
        raise UnknownKindError(f"no handler for jobs of kind {job.kind!r}") from None
