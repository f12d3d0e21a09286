"""Migrated SQLite databases, made once for a state of the migrations and then copied.

Running the migrations takes ten seconds of a processor; each pytest worker and each
machine of `tests/machine.py` needs a database of its own.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from library.audit.append_only import PREFIX

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "databases"
KEPT_S = 24 * 3600  # those of other branches, of last week's packages
PACKAGES = ("library", "media_pipeline", "search")
SAME_APPS = {
    "tests.settings": "library.settings",
    "tests.frost.settings": "tests.engine_settings",
}


@cache
def migrated(settings: str) -> Path:
    """A database to copy, as `migrate` leaves it under that settings module."""
    settings = SAME_APPS.get(settings, settings)
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{settings}-{_state(settings)}.sqlite3"
    with (FOLDER / f"{settings}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one worker makes it, the others wait
        if not path.exists():
            _make(settings, path)
        os.utime(path)
        _forget_old_ones()
    return path


def begin(settings: str) -> Callable[[], object]:
    """Make it in a process of its own, while the workers are still collecting.

    Returns what waits for its end.
    """
    code = f"from tests.databases import migrated; migrated({settings!r})"
    argv = [sys.executable, "-c", code]
    return subprocess.Popen(argv, cwd=ROOT, stderr=subprocess.DEVNULL).wait


_kept: list[tuple[sqlite3.Connection, str]] = []


@contextlib.contextmanager
def kept(name: str, settings: str) -> Iterator[None]:
    """The (shared, in-memory) database `name` is a copy, and `restore` makes it one again."""
    with contextlib.closing(sqlite3.connect(name, uri=True)) as memory:
        _kept.append((memory, settings))
        restore()
        yield
        _kept.pop()


def restore() -> None:
    for memory, settings in _kept:
        with contextlib.closing(sqlite3.connect(migrated(settings))) as template:
            template.backup(memory)
        _let_go(memory)


def _let_go(memory: sqlite3.Connection) -> None:
    """A transactional test ends by emptying all tables, also what only ever grows."""
    named = memory.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE ?",
        [f"{PREFIX}%_delete"],
    )
    for (name,) in named.fetchall():
        memory.execute(f'DROP TRIGGER "{name}"')


def _make(settings: str, path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="thu-vien-mo-migrated-") as folder:
        made = Path(folder) / "library.sqlite3"
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT),
                "DJANGO_SETTINGS_MODULE": settings,
                "DATA_DIR": folder,
                "DATABASE_URL": f"sqlite:///{made}",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        half = path.with_suffix(".half")
        shutil.copyfile(made, half)
        half.replace(path)


def _state(settings: str) -> str:
    """Differs when another database would come of it."""
    told = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for package in sorted(_installed()):
        told.update(package.encode())
    for path in sorted(_sources(settings)):
        told.update(str(path).encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _installed() -> set[str]:
    return {f"{found.name}=={found.version}" for found in metadata.distributions()}


def _sources(settings: str) -> Iterable[Path]:
    yield ROOT / "library" / "settings.py"
    yield ROOT.joinpath(*settings.split(".")).with_suffix(".py")
    for package in PACKAGES:
        yield from (ROOT / package).rglob("migrations/*.py")
        yield from (ROOT / package).rglob("models.py")


def _forget_old_ones() -> None:
    for path in FOLDER.glob("*.sqlite3"):
        if path.stat().st_mtime < time.time() - KEPT_S:
            path.unlink(missing_ok=True)
