"""`manage.py janitor`: takes jobs back from dead workers, repeats hints, sweeps files."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from media_pipeline.errors import StorageError
from media_pipeline.jobs import janitor
from media_pipeline.sweep import sweep

logger = logging.getLogger(__name__)

SWEEP_EVERY_S = 3600


class Command(BaseCommand):
    help = "Keep the jobs and the stored files in order; one on each machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        next_sweep = time.monotonic()
        while True:
            try:
                janitor.tidy()
                if time.monotonic() >= next_sweep:
                    next_sweep += SWEEP_EVERY_S
                    janitor.forget_old_tasks()
                    sweep()
            except (DatabaseError, InterfaceError, StorageError, OSError):
                # Whatever is away comes back; the next round does what this one could not.
                logger.exception("a round of the janitor failed")
                connection.close()
            if once:
                return
            time.sleep(settings.JANITOR_SECONDS)
            close_old_connections()
