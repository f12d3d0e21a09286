"""`manage.py up`: the whole library on one machine, from one command."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from library import supervisor
from library.supervisor import Program

HOST = "127.0.0.1"
MANAGE = Path(settings.BASE_DIR) / "manage.py"


class Command(BaseCommand):
    help = "Run web, workers and janitor; restart what dies; leave nothing running."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--transcoders",
            type=int,
            default=max(1, (os.cpu_count() or 1) // 2),
            help="transcoding workers; each uses several cores (default: %(default)s)",
        )
        parser.add_argument(
            "--demo", action="store_true", help="fill the library with demo content"
        )

    def handle(
        self, *args: Any, port: int, transcoders: int, demo: bool, **options: Any
    ) -> None:
        if _answers(port):
            raise CommandError(f"Port {port} is in use; choose another with --port.")
        call_command("migrate", verbosity=0, interactive=False)
        collect_static_when_changed()
        connections.close_all()
        supervisor.run(
            programs(port, transcoders, demo=demo),
            environment(port, demo=demo),
            self._announcer(port),
        )

    def _announcer(self, port: int) -> Callable[[], None]:
        """Says the address once it answers."""
        is_said = False

        def announce() -> None:
            nonlocal is_said
            if not is_said and _answers(port):
                is_said = True
                self.stdout.write(f"The library is at {address(port)}")
                self.stdout.flush()

        return announce


def address(port: int) -> str:
    return f"http://{HOST}:{port}"


def environment(port: int, *, demo: bool) -> dict[str, str]:
    return {
        "PUBLIC_URL": address(port),
        "LOG_LEVEL": "INFO",
        **os.environ,
        **({"DEMO": "true"} if demo else {}),
    }


def programs(port: int, transcoders: int, *, demo: bool) -> list[Program]:
    found = [
        Program("web", _gunicorn(port)),
        Program("worker", _worker("default")),
        Program("janitor", _manage("janitor")),
        Program("upkeep", _manage("upkeep")),
    ]
    found += [
        Program(
            f"transcoder {number}",
            _worker("transcode"),
        )
        for number in range(1, transcoders + 1)
    ]
    if demo:
        found.append(Program("demo", _manage("load_demo"), runs_once=True))
    return found


def _manage(*argv: str) -> list[str]:
    return [sys.executable, str(MANAGE), *argv]


def _worker(queue: str) -> list[str]:
    # At once: after a death somebody may be waiting.
    options = ("--no-reload", "--no-startup-delay", "--queue-name", queue)
    return _manage("db_worker", *options)


def _gunicorn(port: int) -> list[str]:
    # Threads: a slow upload must not hold a whole process, nor be killed as hung.
    options = {
        "bind": f"{HOST}:{port}",
        "chdir": str(settings.BASE_DIR),
        "worker-class": "library.web_worker.Worker",
        "workers": "2",
        "threads": "8",
        "timeout": "120",
        "graceful-timeout": "5",
        "limit-request-line": "8190",  # the longest there is: a search with many filters
        "log-level": "warning",
    }
    pairs = [f"--{name}={value}" for name, value in options.items()]
    return [
        *(sys.executable, "-m", "gunicorn", "library.wsgi"),
        *pairs,
        "--no-control-socket",
    ]


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def collect_static_when_changed() -> None:
    """Hashing and compressing all files takes a while: only when one is different."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    now = hashlib.sha256("\n".join(_static_files()).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for name, source in finder.list([]):
            place = getattr(source, "prefix", None) or source.base_location
            yield f"{place} {name} {source.size(name)} {source.get_modified_time(name)}"
