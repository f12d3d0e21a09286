"""`manage.py evaluate_search`: ranks records from a file, beside the live index."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import index
from search.errors import BadLinesError, SearchError
from search.evaluation import Records, queries, results
from search.queries import LARGEST_PAGE


class Command(BaseCommand):
    help = "Rank records from a file in a scratch index of the configured engine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("records", metavar="RECORDS.jsonl", type=Path)
        parser.add_argument("queries", metavar="QUERIES.jsonl", type=Path)
        parser.add_argument("--limit", type=int, default=LARGEST_PAGE)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["limit"] <= LARGEST_PAGE:
            raise CommandError(f"--limit: 1 to {LARGEST_PAGE}.", returncode=2)
        before = signal.signal(signal.SIGTERM, _leave)  # so that the index is dropped
        try:
            records = Records(options["records"])
            asked = queries(options["queries"], options["limit"])
            answer = self._evaluated(records, asked)
        except (BadLinesError, OSError) as error:
            raise CommandError(str(error), returncode=2) from error
        except SearchError as error:
            raise CommandError(str(error)) from error
        finally:
            signal.signal(signal.SIGTERM, before)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._tell(answer)

    def _evaluated(self, records: Records, asked: list[Any]) -> dict[str, Any]:
        with index.scratch() as engine:
            start = time.perf_counter()
            written = engine.rebuild(records)
            seconds = time.perf_counter() - start
            self.stderr.write(f"{written} records indexed in {seconds:.1f} s")
            return {
                "engine": engine.name,
                "records": written,
                "index_s": round(seconds, 3),
                "results": list(results(engine, asked, records)),
            }

    def _tell(self, answer: dict[str, Any]) -> None:
        self.stdout.write(f"{answer['engine']}, {answer['records']} records")
        for one in answer["results"]:
            first = " ".join(str(known) for known in one["ids"][:10])
            self.stdout.write(f"{one['q']}: {one['total']} · {first}")
            if one["did_you_mean"]:
                self.stdout.write(f"  {one['did_you_mean']}?")


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
