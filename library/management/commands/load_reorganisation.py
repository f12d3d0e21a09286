"""`manage.py load_reorganisation`: a reorganisation from a seed file, as a draft or applied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.reorganising import applying, seed
from library.reorganising.lines import LineError
from library.reorganising.models import State


class Command(BaseCommand):
    help = "Keep a seed file's reorganisation as a draft; --apply does it at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            type=Path,
            default=seed.DONG_NAI_2025,
            help="JSON (default: July 2025, Bình Phước merged into Đồng Nai)",
        )
        parser.add_argument("--apply", action="store_true")

    def handle(self, *args: Any, file: Path, apply: bool, **options: Any) -> None:
        try:
            plan = seed.draft_of(file)
            if apply and plan.state == State.DRAFT:
                applying.apply(plan, None)
        except (OSError, ValueError, LookupError, TypeError, LineError) as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        except applying.RefusedError as refused:
            reasons = "\n".join(
                f"{problem.line}: {problem.words}" for problem in refused.problems
            )
            raise CommandError(reasons, returncode=2) from refused
        plan.refresh_from_db()
        self.stdout.write(f"{plan.name}: {plan.get_state_display()}")
