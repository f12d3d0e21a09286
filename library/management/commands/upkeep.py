"""`manage.py upkeep`: part of `up`; what the library does by the clock."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from library import upkeep


class Command(BaseCommand):
    help = "Publish what is due, finish and sweep uploads, end roles; one on a site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            for name in upkeep.Round().run():
                self.stdout.write(name)
        else:
            upkeep.go_on()
