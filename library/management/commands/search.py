"""`manage.py search QUERY`: what a student would get, in the same order."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Model

from library.catalogue.results import Result, results_of
from library.catalogue.successors import continued
from library.clips.models import Grade, Subject
from library.clips.taxonomy import named
from library.units.models import UnitPage
from search import index
from search.queries import LARGEST_PAGE, Query
from search.results import Spans

FACETS: dict[str, type[Model]] = {
    "unit": UnitPage,
    "subject": Subject,
    "grade": Grade,
}


class Command(BaseCommand):
    help = "Search the library as a student would."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--unit", metavar="CODE", help="and everything below it")
        parser.add_argument("--subject", metavar="S")
        parser.add_argument("--grade", metavar="G")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["limit"] <= LARGEST_PAGE:
            raise CommandError(f"--limit: 1 to {LARGEST_PAGE}.", returncode=2)
        filters = {
            facet: (self._known(facet, code),)
            for facet in FACETS
            if (code := options[facet])
        }
        hits = index.search(Query(options["query"], filters, limit=options["limit"]))
        results = results_of(hits)
        if options["json"]:
            answer = {
                "q": options["query"],
                "total": hits.total,
                "did_you_mean": hits.did_you_mean,
                "decoded": hits.decoded,
                "typos": hits.typos,
                "any_word": hits.any_word,
                "results": [as_json(result) for result in results],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(f"{hits.total} clips")
        for number, result in enumerate(results, start=1):
            self.stdout.write(f"{number:3}. {result.card.title} · {result.card.unit}")
            self.stdout.write(f"     {settings.PUBLIC_URL}{result.card.url}")
            for moment in result.moments:
                self.stdout.write(f"     {moment.clock} {_plain(moment.text)}")

    def _known(self, facet: str, text: str) -> str:
        """The code, for a code or a name; of a unit that ended, its successor's."""
        row = named(FACETS[facet], text)
        if row is None:
            raise CommandError(f"There is no {facet} {text!r}.", returncode=2)
        code = str(row.code)  # type: ignore[attr-defined]
        if facet == "unit" and (later := continued([code]).get(code)):
            self.stderr.write(f"{code} ended; {later} continues it.")
            return later
        return code


def as_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.card.clip_id,
        "title": result.card.title,
        "unit": result.card.unit,
        "url": f"{settings.PUBLIC_URL}{result.card.url}",
        "snippet": _plain(result.snippet),
        "moments": [
            {"start_ms": moment.start_ms, "text": _plain(moment.text)}
            for moment in result.moments
        ],
    }


def _plain(spans: Spans) -> str:
    return "".join(text for text, _ in spans)
