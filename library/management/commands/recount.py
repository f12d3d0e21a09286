"""`manage.py recount`: the ledger against what Wagtail's log says was live."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.contributions import recount
from library.contributions.recount import Difference


class Command(BaseCommand):
    help = "Compares the ledger with a recount from first principles, and mends it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; exit 1 on a difference",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = recount.differences()
        for difference in found:
            self.stdout.write(_sentence(difference))
        if not found:
            self.stdout.write("The ledger is right.")
        elif options["check"]:
            raise CommandError(f"The ledger differs at {len(found)} places.")
        else:
            recount.mend(found)
            self.stdout.write(f"Mended {len(found)} places.")


def _sentence(difference: Difference) -> str:
    clip = f"clip {difference.clip} “{difference.title}”"
    row, episode = difference.row, difference.episode
    if row is None and episode is not None:
        return f"{clip}: live from {episode.begun:%Y-%m-%d %H:%M}, not in the ledger"
    if row is not None and episode is not None:
        return f"{clip}: row {row.pk} ends otherwise than the clip did"
    return f"{clip}: row {row and row.pk} counts what was not live"
