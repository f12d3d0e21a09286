"""`manage.py load_demo`: the 2021 unit tree with people and real, playable clips."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from library.demo.load import load
from library.progress_bar import ProgressBar


class Command(BaseCommand):
    help = "Load the demo: units, people, subjects, a campaign and N playable clips."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clips", type=int, default=100, metavar="N")

    def handle(self, *args: Any, clips: int, **options: Any) -> None:
        bar = ProgressBar(self.stderr, "Demo clips")
        load(clips, bar.show)
        bar.close()
