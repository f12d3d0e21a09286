"""`manage.py clean_uploads`: removes what uploads and old packages left behind."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from library.uploads import sessions
from media_pipeline.jobs import scratch
from media_pipeline.sweep import GRACE, sweep


class Command(BaseCommand):
    help = (
        "Remove expired upload sessions, staging files, multipart leftovers and "
        "stored files that no row points to."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--grace-hours",
            type=float,
            default=GRACE.total_seconds() / 3600,
            help="how long a stored file may have no row (default: %(default)s)",
        )

    def handle(self, *args: Any, grace_hours: float, **options: Any) -> None:
        uploads = sessions.clean()
        folders = scratch.remove_stale()
        swept = sweep(datetime.timedelta(hours=grace_hours))
        self.stdout.write(
            f"removed: {uploads.sessions} uploads, {uploads.drafts} empty drafts, "
            f"{uploads.files} staging files, {folders} scratch folders, "
            f"{swept.packages} packages, {swept.originals} originals, "
            f"{swept.works} unfinished packages, {swept.multiparts} multipart uploads"
        )
