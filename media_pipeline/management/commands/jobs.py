"""`manage.py jobs`: every job with its state, attempt, worker, progress and reason."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from media_pipeline.jobs import identity
from media_pipeline.jobs.models import Job


class Command(BaseCommand):
    help = "List every job: key, state, attempt, worker, progress, reason."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as one JSON document")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        rows = [_row(job) for job in Job.objects.order_by("pk")]
        if json:
            self.stdout.write(_as_json(rows))
        else:
            self.stdout.write(_as_table(rows))


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
