"""OUT_DIR: which files in it are ours, and which of them may stay."""

from __future__ import annotations

import re
import shutil
from collections.abc import Container
from pathlib import Path

from media_pipeline.errors import PackageError

OWN_FILES = re.compile(
    r"master\.m3u8|\d+p(-av1)?|audio(-opus)?|audio\.m4a|download\.mp4"
    r"|(poster|candidate)-\d+\.jpg"
    r"|storyboard(-\d+\.jpg|\.vtt)|tones\.cube|\..+\.new"
)


def clear(out_dir: Path) -> None:
    """Remove what an earlier run left; never a file that is not ours."""
    for path in out_dir.iterdir():
        if not OWN_FILES.fullmatch(path.name):
            raise PackageError(f"{out_dir} holds {path.name}, which is not ours")
        _remove(path)


def keep_only(out_dir: Path, names: Container[str]) -> None:
    for path in out_dir.iterdir():
        if path.name not in names:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
