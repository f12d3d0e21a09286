"""Each way in which we fail has a code, and each code a sentence for its operator."""

from __future__ import annotations

import errno
import os

import pytest
from django.utils.translation import override

from media_pipeline import errors, reasons
from media_pipeline.failures import MESSAGES, UNKNOWN, code_of, message
from media_pipeline.jobs.janitor import WorkerGoneError


def full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DecoderMissingError("no av1"), "no_decoder"),
        (errors.ToolMissingError("none"), "no_ffmpeg"),
        (errors.SandboxMissingError("none"), "no_sandbox"),
        (errors.ToolFloodError("5 GB"), "flood"),
        (errors.ToolTimeoutError("slow"), "timeout"),
        (errors.ToolError("died", 1), "tool"),
        (errors.ToolError("out.mp4: No space left on device", 1), "disk_full"),
        (errors.PackageError("short"), "package"),
        (errors.StorageError("away"), "storage"),
        (caused(errors.StorageError("put"), full()), "disk_full"),
        (full(), "disk_full"),
        (OSError(errno.EACCES, "no"), UNKNOWN),
        (errors.RefusedError("damaged", "half of it"), "damaged"),
        (WorkerGoneError("gone"), "worker_gone"),
        (KeyError("x"), UNKNOWN),
    ],
)
def test_an_error_becomes_the_code_of_its_kind(error: Exception, code: str) -> None:
    assert code_of(error) == code


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_each_code_has_a_sentence_in_vietnamese(code: str) -> None:
    with override("en"):
        english = message(code)
    with override("vi"):
        assert message(code) != english
        assert message(code).endswith(".")


def test_no_code_is_also_a_refusals() -> None:
    assert not MESSAGES.keys() & reasons.MESSAGES.keys()


def test_an_unknown_code_is_something_unforeseen() -> None:
    assert message("") == message("eaten_by_dog") == message(UNKNOWN)
