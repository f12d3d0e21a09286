"""Whoever catches an error can tell whether another try may help."""

from __future__ import annotations

import pytest

from media_pipeline import errors


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (errors.RefusedError("damaged", "why"), True),
        (errors.ToolMissingError("none"), True),
        (errors.ToolError("died", 1), False),
        (errors.ToolTimeoutError("slow"), False),
        (errors.ToolFloodError("wrote"), True),
        (errors.PackageError("short"), True),
        (errors.CancelledError(), False),
    ],
)
def test_each_error_tells_whether_a_retry_can_help(
    error: errors.PipelineError, *, permanent: bool
) -> None:
    assert error.permanent is permanent


def test_a_refusal_names_its_reason_and_keeps_the_detail_for_the_log() -> None:
    error = errors.RefusedError("too_long", "18000 s")
    assert (error.reason, error.detail) == ("too_long", "18000 s")
    assert str(error) == "too_long: 18000 s"
    assert str(errors.RefusedError("empty")) == "empty"
