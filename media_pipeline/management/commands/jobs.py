"""`manage.py jobs`: every job and how it fares; `--retry KEY` gives a failed one new tries."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from media_pipeline import steps
from media_pipeline.jobs import asking, identity
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset

REFUSED = 2


class Command(BaseCommand):
    help = (
        "List every job: key, state, attempt, worker, progress, reason. "
        "With --retry, have one that failed tried again instead."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON document")
        parser.add_argument(
            "--retry",
            metavar="KEY",
            help="try a failed job again, or the failed clip asset/ID/package or one of its "
            "parts, with all its tries; list that job alone; exit 2 and do nothing "
            "when there is no such job or it has not failed",
        )

    def handle(self, *args: Any, json: bool, retry: str | None, **options: Any) -> None:
        jobs = Job.objects.order_by("pk")
        if retry is not None:
            jobs = jobs.filter(key=_retried(retry))
        rows = [_row(job) for job in jobs]
        if json:
            self.stdout.write(_as_json(rows))
        else:
            self.stdout.write(_as_table(rows))


def _retried(key: str) -> str:
    """The key of the job that runs now."""
    asset, job = _asset_of(key), Job.objects.filter(key=key).first()
    if asset is not None and steps.retry(asset):
        return asset.job_key
    if asset is not None and asset.is_refused:
        sentence = f"{key} was refused for its file ({asset.reason}); upload another."
        raise CommandError(sentence, returncode=REFUSED)
    if job is None:
        raise CommandError(f"There is no job {key}.", returncode=REFUSED)
    if not asking.retry(job):
        sentence = f"{key} has not failed, it is {job.state}."
        raise CommandError(sentence, returncode=REFUSED)
    return key


def _asset_of(key: str) -> Asset | None:
    found = re.fullmatch(r"asset/(\d{1,18})/(package|\d+/.+)", key, re.ASCII)
    return Asset.objects.filter(pk=int(found[1])).first() if found else None


def _row(job: Job) -> dict[str, Any]:
    return {
        "key": job.key,
        "kind": job.kind,
        "queue": job.queue,
        "state": job.state,
        "attempt": job.attempt,
        "max_attempts": job.max_attempts,
        "worker": identity.short(job.worker) or None,
        "progress": round(job.progress, 3),
        "seconds_left": job.seconds_left,
        "reason": job.error.partition("\n")[0] or None,
    }


def _as_json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _as_table(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "no jobs"
    line = "{:<28} {:<8} {:>7}  {:>4}  {:<24} {}"
    head = line.format("key", "state", "attempt", "%", "worker", "reason")
    return "\n".join([head, *(line.format(*_cells(row)).rstrip() for row in rows)])


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["key"],
        row["state"],
        f"{row['attempt']}/{row['max_attempts']}",
        round(row["progress"] * 100),
        row["worker"] or "",
        (row["reason"] or "")[:80],
    )
