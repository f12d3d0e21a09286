"""`manage.py rebuild_search`: a new index beside the live one, then the swap."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from library.clips.records import all_records
from search import index
from search.errors import SearchError


class Command(BaseCommand):
    help = "Build the search index anew; searches go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            clips = index.rebuild(all_records)
        except SearchError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{clips} clips indexed")
