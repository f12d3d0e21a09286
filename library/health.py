"""Whether each service works: written to and read back, and what is wrong in words."""

from __future__ import annotations

import tempfile
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection, transaction

from library import indexing
from media_pipeline import binaries, jobs, sandbox, storage
from media_pipeline.errors import PipelineError
from media_pipeline.jobs.models import Job
from media_pipeline.session import Session
from search import index
from search.errors import SearchError

WORKER_S = 10.0


@dataclass(frozen=True)
class Finding:
    """`ok` with what answered, or not with what is wrong and what to do."""

    service: str
    ok: bool
    detail: str


def findings() -> list[Finding]:
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("database", _database),
        ("ffmpeg", _ffmpeg),
        ("storage", _storage),
        ("search", _search),
        ("queue", _queue),
        ("mail", _mail),
    )
    return [_found(service, check) for service, check in checks]


class UnwellError(Exception):
    """A service answered, but not as it should."""


def _found(service: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(service, ok=True, detail=check())
    except (UnwellError, PipelineError, SearchError, DatabaseError, OSError) as error:
        detail = str(error) or type(error).__name__
        return Finding(service, ok=False, detail=detail)


def _database() -> str:
    """A job is written and read back, and all of it taken back."""
    key = f"doctor/{uuid.uuid4().hex}"
    with transaction.atomic():
        jobs.request(key, kind="doctor", spec={"said": key})
        if Job.objects.get(key=key).spec != {"said": key}:
            raise UnwellError("The database gave back another value than was written.")
        transaction.set_rollback(True)
    return connection.vendor


def _ffmpeg() -> str:
    """A second of black is encoded for real, where uploads would be."""
    found = binaries.find()
    if faults := binaries.faults(found):
        raise UnwellError(" ".join(faults))
    source = ["-f", "lavfi", "-i", "color=size=64x64:rate=5:duration=1"]
    with tempfile.TemporaryDirectory() as folder:
        argv = [found.ffmpeg, "-nostdin", "-v", "error", *source]
        argv += ["-c:v", "libx264", "probe.mp4"]
        Session().run(argv, cwd=Path(folder), timeout_s=30)
    version = ".".join(map(str, found.version))
    limits = binaries.limits(found)
    return " ".join([f"{version} ({found.ffmpeg}).", _sandbox(found), *limits])


def _sandbox(found: binaries.Binaries) -> str:
    """Reaches this only when it works or the operator can live without."""
    if settings.SANDBOX == "off":
        return "Files are opened without a sandbox (SANDBOX=off)."
    faults = {sandbox.fault_with(tool) for tool in (found.ffmpeg, found.ffprobe)}
    return " ".join(sorted(faults - {""})) or "Files are opened in a sandbox."


def _storage() -> str:
    if faults := {alias: why for alias, why in storage.check().items() if why}:
        raise UnwellError("; ".join(f"{alias}: {why}" for alias, why in faults.items()))
    return "originals, packages"


def _search() -> str:
    index.check()
    waiting = indexing.waiting().count()
    name = index.engine().name
    return f"{name}; {waiting} clips wait to be written" if waiting else name


def _queue() -> str:
    """A job that does nothing must be done by a worker before long."""
    key = f"doctor/{uuid.uuid4().hex}"
    jobs.request(key, kind="doctor", max_attempts=1)
    try:
        until = time.monotonic() + WORKER_S
        while time.monotonic() < until:
            if Job.objects.get(key=key).state == Job.State.DONE:
                return "a worker took the test job"
            time.sleep(0.2)
    finally:
        Job.objects.filter(key=key).delete()
    raise UnwellError(
        f"No worker took the test job within {WORKER_S:.0f} s. Is `manage.py up` running?"
    )


def _mail() -> str:
    with get_connection():
        pass
    return settings.EMAIL_HOST or f"files in {settings.EMAIL_FILE_PATH}"


def do_nothing(job: Job) -> None:
    """The handler of `doctor` jobs."""
