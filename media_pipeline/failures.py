"""Why we failed, as a code that can be counted, each with what its operator should know."""

from __future__ import annotations

import errno
import os

from django.utils.translation import gettext_lazy

from media_pipeline.errors import (
    DecoderMissingError,
    PackageError,
    RefusedError,
    SandboxMissingError,
    StorageError,
    ToolError,
    ToolFloodError,
    ToolMissingError,
    ToolTimeoutError,
)
from media_pipeline.jobs.janitor import WorkerGoneError

UNKNOWN = "unknown"
_DISK_IS_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# The first that fits: the particular before the general.
_CODES: tuple[tuple[type[Exception], str], ...] = (
    (DecoderMissingError, DecoderMissingError.reason),
    (SandboxMissingError, "no_sandbox"),
    (ToolMissingError, "no_ffmpeg"),
    (ToolTimeoutError, "timeout"),
    (ToolFloodError, "flood"),
    (ToolError, "tool"),
    (PackageError, "package"),
    (StorageError, "storage"),
    (WorkerGoneError, "worker_gone"),
)

MESSAGES = {
    "disk_full": gettext_lazy("The disk is full. Make room, then try again."),
    "flood": gettext_lazy("ffmpeg wrote far more than a clip of this length can need."),
    "no_decoder": gettext_lazy(
        "This ffmpeg has no decoder for the format; the uploader was told which one to "
        "use instead."
    ),
    "no_ffmpeg": gettext_lazy("A worker found no usable ffmpeg."),
    "no_sandbox": gettext_lazy(
        "A worker could not open the file in a sandbox; the details say why."
    ),
    "package": gettext_lazy("What was encoded is not whole, so it was not published."),
    "storage": gettext_lazy("The storage of files failed or was away."),
    "timeout": gettext_lazy("ffmpeg took longer than it may."),
    "tool": gettext_lazy("ffmpeg ended with an error."),
    UNKNOWN: gettext_lazy("Something unforeseen happened; the log says more."),
    "worker_gone": gettext_lazy("The worker was killed or vanished at each try."),
}


def code_of(error: BaseException) -> str:
    """A refusal's own code where an original that was once fine is refused now."""
    if isinstance(error, RefusedError):
        return error.reason
    if _is_of_a_full_disk(error):
        return "disk_full"
    return next((code for kind, code in _CODES if isinstance(error, kind)), UNKNOWN)


def message(code: str) -> str:
    """In the active language; fits codes not known here."""
    return str(MESSAGES.get(code, MESSAGES[UNKNOWN]))


def _is_of_a_full_disk(error: BaseException) -> bool:
    """Ours, or that of whatever we called: programs say it in the system's words."""
    if isinstance(error, OSError) and error.errno in _DISK_IS_FULL:
        return True
    if os.strerror(errno.ENOSPC) in str(error):
        return True
    return error.__cause__ is not None and _is_of_a_full_disk(error.__cause__)
