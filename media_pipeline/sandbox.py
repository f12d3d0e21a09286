"""Where a user's file is opened: with its tool, that file and one folder, nothing else.

bubblewrap makes the place: no network, no other process, no file of anybody, no
environment. What of the system is there, is what a dynamic ffmpeg needs to start.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings

from media_pipeline.errors import SandboxMissingError, ToolError
from media_pipeline.leash import WAITING
from media_pipeline.runner import run

logger = logging.getLogger(__name__)

_SYSTEM = (
    *("/bin", "/lib", "/lib32", "/lib64", "/usr/bin", "/usr/lib", "/usr/lib32"),
    *("/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", "/etc/alternatives"),
)
_DEVICES = ("/dev/null", "/dev/urandom")
_TRIAL_S = 20


def confined(
    argv: Sequence[str], reads: Sequence[Path], writes: Path | None
) -> list[str]:
    """The command that runs `argv` with only `reads` to read and `writes`, its working
    folder, to change. All have the same names inside."""
    tool = Path(shutil.which(argv[0]) or argv[0]).resolve()
    for path in reads:
        _must_be_open(path, stat.S_IROTH)
    if writes:
        _must_be_open(writes, stat.S_IWOTH)
    return [
        # As pid 1: else bubblewrap's own would come between us and the CPU time.
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--as-pid-1"),
        *("--cap-drop", "ALL", "--clearenv", *_environment()),
        *_bound("--ro-bind-try", [*_SYSTEM, *_libraries(tool)]),
        *_bound("--dev-bind", _DEVICES),
        *_bound("--bind", [writes] if writes else []),
        *_bound("--ro-bind", [tool, *reads]),
        *("--remount-ro", "/", "--chdir", str(writes or "/"), "--"),
        *("/bin/sh", "-c", WAITING, "sh", str(tool), *argv[1:]),
    ]


def is_used(tool: str) -> bool:
    """As the operator wants it; where left to us, whenever it works."""
    if settings.SANDBOX == "off":
        return False
    fault = fault_with(tool)
    if fault and settings.SANDBOX == "on":
        raise SandboxMissingError(fault)
    return not fault


@cache
def fault_with(tool: str) -> str:
    """Why `tool` cannot run in a sandbox, as a sentence; empty when it can."""
    if shutil.which("bwrap") is None:
        return "There is no sandbox: bubblewrap (bwrap) is not installed."
    argv = [tool, "-version"]
    try:
        run(
            argv,
            cwd=None,
            timeout_s=_TRIAL_S,
            confined=confined(argv, (), None),
        )
    except ToolError as error:
        logger.warning("sandbox tool=%s fault=%s", tool, error.detail)
        return f"There is no sandbox: {error.detail}"
    return ""


def _must_be_open(path: Path, to_others: int) -> None:
    """Inside, root is only the owner of its own files."""
    if os.geteuid() != 0:
        return
    found = path.stat()
    if found.st_uid != 0 and not found.st_mode & to_others:
        raise SandboxMissingError(
            f"{path} belongs to another user, which root cannot open in the sandbox: "
            "work as that user, change the owner, or set SANDBOX=off."
        )


def _bound(option: str, paths: Sequence[Path | str]) -> list[str]:
    return [word for path in paths for word in (option, str(path), str(path))]


def _libraries(tool: Path) -> list[Path | str]:
    """Where a tool from outside the system has its own: beside it (conda, /opt), or
    where the operator says."""
    named = settings.SANDBOX_READS.split(":") + _loader_path().split(":")
    beside = [tool.parent.parent / "lib"] if tool.parent.name == "bin" else []
    return [*beside, *(path for path in named if Path(path).is_absolute())]


def _environment() -> list[str]:
    value = _loader_path()
    return ["--setenv", "LD_LIBRARY_PATH", value] if value else []


def _loader_path() -> str:
    return os.environ.get("LD_LIBRARY_PATH", "")
