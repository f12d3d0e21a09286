"""What takes long to make is made once and read by all workers of a test run."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

PLACE = "TEST_SHELF"  # workers find it in the environment that they inherit


@contextlib.contextmanager
def put_up() -> Iterator[None]:
    """There is a shelf; whoever put it up takes it away again."""
    if PLACE in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="thu-vien-mo-shelf-") as folder:
        os.environ[PLACE] = folder
        yield
        del os.environ[PLACE]


def once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, filled by `make` when first asked for. It is to be read."""
    folder = Path(os.environ[PLACE]) / name.replace(" ", "-")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)  # of a test that failed
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder
