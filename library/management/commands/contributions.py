"""`manage.py contributions`: counted contributions up the tree, beside the targets."""

from __future__ import annotations

import datetime
import json
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.contributions import rollup, spreadsheets
from library.contributions.models import Campaign
from library.contributions.rollup import Reading, Report
from library.contributions.tree_table import tree_table

REFUSED = 2


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD") from None


class Command(BaseCommand):
    help = "Counted contributions, rolled up the tree, beside the targets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="a unit and all below it")
        parser.add_argument("--from", dest="first", type=day, metavar="DAY")
        parser.add_argument("--to", dest="last", type=day, metavar="DAY")
        parser.add_argument(
            "--as-of", type=day, metavar="DAY", help="the ledger as it stood that day"
        )
        parser.add_argument("--tree", choices=list(Reading), default=Reading.NOW)
        parser.add_argument(
            "--campaign", type=int, metavar="ID", help="whose targets; else the running"
        )
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true")
        form.add_argument(
            "--csv", nargs="?", const="-", metavar="FILE", help="to stdout without FILE"
        )
        form.add_argument("--xlsx", metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        report = _report(options)
        if options["json"]:
            document = spreadsheets.as_json(report)
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        elif options["csv"] == "-":
            self.stdout.write(spreadsheets.as_csv(tree_table(report)), ending="")
        elif file := options["csv"] or options["xlsx"]:
            try:
                _write(report, Path(file), is_csv=bool(options["csv"]))
            except OSError as error:
                raise CommandError(f"{file} cannot be written: {error}") from error
        else:
            self._print(report)

    def _print(self, report: Report) -> None:
        for row in report.units:
            name = "  " * row.depth + row.name
            goal = f"/ {row.target} ({row.state})" if row.target else ""
            self.stdout.write(f"{name:<52} {row.own:>6} {row.total:>6} {goal}".rstrip())
        self.stdout.write(f"{'':<52} {'':>6} {report.total:>6}")


def _report(options: dict[str, Any]) -> Report:
    first, last = options["first"], options["last"]
    if first and last and last < first:
        raise CommandError("--to is before --from.", returncode=REFUSED)
    report = rollup.report(
        rollup.question(
            options["as_of"],
            first,
            last,
            options["tree"],
            _campaign(options["campaign"]),
        )
    )
    code = options["unit"]
    if code is None:
        return report
    if code not in {row.code for row in report.units}:
        raise CommandError(f"There is no unit {code!r}.", returncode=REFUSED)
    return report.below(code)


def _write(report: Report, path: Path, *, is_csv: bool) -> None:
    with path.open("wb") as file:
        if is_csv:
            file.write(spreadsheets.as_csv(tree_table(report)).encode())
        else:
            spreadsheets.write_xlsx(tree_table(report), file)


def _campaign(pk: int | None) -> Campaign | None:
    if pk is None:
        return None
    found = Campaign.objects.filter(pk=pk).first()
    if found is None:
        raise CommandError(f"There is no campaign {pk}.", returncode=REFUSED)
    return found
