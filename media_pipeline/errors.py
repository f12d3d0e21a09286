"""Everything that can go wrong in the engine, as one tree.

PipelineError                 `permanent`: another try cannot help
├── RefusedError              the file itself is at fault; `reason` tells its uploader
├── CancelledError            the caller asked to stop
├── StorageError              the files' storage failed or was away
├── PackageError              what was written is not whole; never publish it
└── ToolError                 a program ended badly; `detail` is for the log
    ├── ToolTimeoutError      it ran longer than it may
    ├── ToolFloodError        it wrote more than it may
    └── ToolMissingError      no usable ffmpeg
        ├── DecoderMissingError   one that cannot read this file; another export helps
        └── SandboxMissingError   none to run it in, where the operator demands one
"""

from __future__ import annotations


class PipelineError(Exception):
    """The root of the tree. `detail` is for logs, never for an uploader."""

    permanent = False

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class RefusedError(PipelineError):
    """`reason` is a code of `reasons.MESSAGES`."""

    permanent = True

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class CancelledError(PipelineError):
    """Nothing is wrong: the work is no longer wanted, or no longer ours."""


class PackageError(PipelineError):
    """The output contradicts itself or the source; the same encode would again."""

    permanent = True


class StorageError(PipelineError):
    """A later try may find it well again."""


class ToolError(PipelineError):
    """`detail` ends with the last lines that the program wrote."""

    def __init__(self, detail: str = "", exit_code: int | None = None) -> None:
        super().__init__(detail)
        self.exit_code = exit_code  # negative: ended by that signal


class ToolTimeoutError(ToolError):
    """The wall clock ran out; a quieter machine may manage."""


class ToolFloodError(ToolError):
    """More came out than this file can need; the same command would write it again."""

    permanent = True


class ToolMissingError(ToolError):
    """An operator has to act: install, or point a setting elsewhere."""

    permanent = True


class DecoderMissingError(ToolMissingError):
    """Its uploader can help too, so the asset remembers `reason`; no refusal's code."""

    reason = "no_decoder"


class SandboxMissingError(ToolMissingError):
    """Nothing is wrong with the file: it has not been opened."""
