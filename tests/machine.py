"""One machine for tests that start, kill and freeze real processes of the project."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import databases

ROOT = Path(__file__).resolve().parent.parent
ROLES = ("gunicorn", "--queue-name default", "--queue-name transcode", "janitor")
PATIENCE_S = 120  # a busy machine is no failure; what never comes is one
WORKER = ("db_worker", "--no-startup-delay", "--interval", "0.1", "--no-reload")


def free_port() -> str:
    """Below those that the kernel lends to connections: a server that was stopped gets it
    again. Not by `random`, whose seed all workers share."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return str(port)


class Machine:
    """Its own data folder and database; every process on it can be found and ended."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.diary = folder / "diary"
        self.port = ""  # of the web that was started last
        self.diary.touch()
        self._database = folder / "data" / "library.sqlite3"
        self._started: list[subprocess.Popen[bytes]] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "tests.engine_settings",
            "DATA_DIR": str(folder / "data"),
            "JANITOR_SECONDS": "1",
            "JOB_LEASE_SECONDS": "6",
            **settings,
        }
        (folder / "data").mkdir()
        template = databases.migrated(self.environment["DJANGO_SETTINGS_MODULE"])
        shutil.copyfile(template, self._database)

    # --- starting -----------------------------------------------------------------

    def manage(self, *argv: str) -> str:
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *argv],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self, *argv: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), *argv],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._started.append(process)
        return process

    def worker(self, queue: str = "default") -> subprocess.Popen[bytes]:
        return self.start(*WORKER, "--queue-name", queue)

    def up(self) -> subprocess.Popen[bytes]:
        """`manage.py up`, once all that it starts is there."""
        said = self.log().count("The library is at") if self._started else 0
        self.port = free_port()
        process = self.start("up", "--port", self.port, "--transcoders", "1")
        self.wait_for(lambda: self.log().count("The library is at") > said)
        self.wait_for(lambda: all(self.processes(role) for role in ROLES))
        return process

    def naps(self, count: int = 1, seconds: float = 0) -> None:
        """Ask for `count` jobs `nap/0`, `nap/1`, …"""
        spec = {"diary": str(self.diary), "seconds": seconds}
        self.shell(
            "from media_pipeline import jobs\n"
            f"for n in range({count}):\n"
            f"    jobs.request(f'nap/{{n}}', 'nap', {spec!r})"
        )

    def shell(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code)

    # --- looking ------------------------------------------------------------------

    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def diary_of(self, what: str) -> list[str]:
        lines = self.diary.read_text().splitlines()
        return [line for line in lines if line.startswith(what)]

    def jobs(self) -> dict[str, dict[str, Any]]:
        return {job["key"]: job for job in self.rows("SELECT * FROM jobs_job")}

    def rows(self, sql: str) -> list[dict[str, Any]]:
        return self._sql(sql)

    def execute(self, sql: str) -> None:
        self._sql(sql)

    def _sql(self, sql: str) -> list[dict[str, Any]]:
        with contextlib.closing(
            sqlite3.connect(self._database, timeout=10)
        ) as connection:
            connection.row_factory = sqlite3.Row
            found = [dict(row) for row in connection.execute(sql)]
            connection.commit()
        return found

    def processes(self, *words: str) -> dict[int, str]:
        """Pids and command lines of all that runs here, ffmpeg too, with all `words`.
        In a sandbox there is no environment to know it by, only the path of its file."""
        data = self.environment["DATA_DIR"]
        mark = f"DATA_DIR={data}".encode()
        found = {}
        for proc in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                argv = (proc / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (proc / "environ").read_bytes().split(b"\0")
                if mark in environment or f"file:{data}/" in argv:
                    found[int(proc.name)] = argv
        return {
            pid: argv for pid, argv in found.items() if all(w in argv for w in words)
        }

    def wait_for(
        self, what: Callable[[], object], seconds: float = PATIENCE_S, why: str = ""
    ) -> None:
        started = time.monotonic()
        while not what():
            if time.monotonic() - started > seconds:
                report = json.dumps(self.jobs(), indent=1, default=str)
                pytest.fail(f"{why or what}\n{report}\n{self.log()[-3000:]}")
            time.sleep(0.05)

    def end(self) -> None:
        """Kill and reap all, also what outlived its parent."""
        while running := self.processes():
            for pid in running:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        for process in self._started:
            process.wait()


@contextlib.contextmanager
def machine(folder: Path, **settings: str) -> Iterator[Machine]:
    found = Machine(folder, **settings)
    try:
        yield found
    finally:
        found.end()
