"""A PostgreSQL server of one's own, to be stopped and started under whoever uses it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.machine import free_port

HOMES = Path("/usr/lib/postgresql")


def missing() -> str:
    return (
        ""
        if _programs()
        else "no PostgreSQL server to start: install postgresql (Debian: postgresql-15)"
    )


def _programs() -> Path | None:
    """The newest release's folder; on other systems than Debian that of PATH."""
    found = sorted(HOMES.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@dataclass(frozen=True)
class Cluster:
    folder: Path
    port: str

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        options += " -c fsync=off"
        self._control("-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self, how: str = "immediate") -> None:
        self._control("-m", how, "stop")

    def _control(self, *words: str) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", *words)

    def run(self, program: str, *words: str) -> None:
        argv = [str((_programs() or Path()) / program), *words]
        if os.getuid() == 0:  # PostgreSQL refuses to be root
            argv = ["runuser", "-u", "postgres", "--", *argv]
        with (self.folder.parent / "said").open(
            "ab"
        ) as said:  # the server keeps it open
            subprocess.run(argv, check=True, stdout=said, stderr=said, cwd="/")


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """Runs already; is not pytest's folder, which other users may not enter."""
    with tempfile.TemporaryDirectory(prefix="thu-vien-mo-cluster-") as name:
        place = Path(name)
        place.chmod(0o755)
        mine = Cluster(place / "cluster", free_port())
        mine.folder.mkdir()
        if os.getuid() == 0:
            shutil.chown(mine.folder, "postgres")
        data = ("-D", str(mine.folder / "data"))
        mine.run(
            *("initdb", *data, "-A", "trust", "-U", "postgres"),
            *("-E", "UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        mine.start()
        try:
            yield mine
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):  # stopped already
                mine.stop()
