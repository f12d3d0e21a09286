"""Times totals of the whole tree, and what a large export takes, on scratch databases.

    .venv/bin/python -m benchmarks.contributions --units 2000 --clips 100000 --times 10

SQLite, then PostgreSQL where there is a server to start. Prints a table for
docs/benchmarks.md; exits 1 when a reach is missed.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

SINCE = datetime.date(2021, 1, 1)
TODAY = datetime.date(2026, 11, 28)
MERGED = (datetime.date(2025, 7, 1), datetime.date(2026, 4, 30))  # units move then
DISTRICTS = 20
MOST_MS, MOST_QUERIES, MOST_GROWTH, MOST_MIB = 100, 5, 12, 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--clips", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=10, help="how much larger then")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(CHILDREN[options.child](options)))
        return 0
    print("| measure | reach | got | |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="contributions-benchmark-") as folder:
        url = f"sqlite:///{folder}/library.sqlite3"
        is_good = measured("SQLite", url, options)
    from tests import clusters  # noqa: PLC0415

    if why := clusters.missing():
        print(why, file=sys.stderr)
        return int(not is_good)
    with clusters.cluster() as cluster:
        is_good &= measured("PostgreSQL", cluster.url, options)
    return int(not is_good)


def measured(name: str, url: str, options: argparse.Namespace) -> bool:
    """Everything on one database; whether each reach is kept."""
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}

    def child(act: str) -> dict[str, Any]:
        argv = [sys.executable, "-m", "benchmarks.contributions", "--child", act]
        argv += [f"--units={options.units}", f"--clips={options.clips}"]
        argv += [f"--times={options.times}", f"--runs={options.runs}"]
        done = subprocess.run(
            argv, env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return dict(json.loads(done.stdout.splitlines()[-1]))

    child("build")
    print(f"{name} is filled", file=sys.stderr, flush=True)
    small, book = child("time"), child("export")
    child("grow")
    large = child("time")
    rows = list(_rows(small, large, book))
    for measure, reach, got, note, is_kept in rows:
        verdict = "" if is_kept is None else ("reached" if is_kept else "**missed**")
        print(f"| {name}: {measure} | {reach} | {got} | {verdict}{note} |", flush=True)
    return all(is_kept is not False for *_rest, is_kept in rows)


Measured = tuple[str, str, str, str, bool | None]


def _rows(
    small: dict[str, Any], large: dict[str, Any], book: dict[str, Any]
) -> Iterator[Measured]:
    for question, found in small["questions"].items():
        ms, queries = found["ms"], found["queries"]
        growth = large["questions"][question]["ms"] / ms
        reach, grew = f"≤ {MOST_MS} ms", f"≤ {MOST_GROWTH} ×"
        rows = f"; {small['units']} units, {small['rows']} clips, "
        rows += f"{found['cpu_ms']:.0f} ms of CPU"
        yield f"totals, {question}", reach, f"{ms:.0f} ms", rows, ms <= MOST_MS
        few = queries <= MOST_QUERIES
        yield f"queries, {question}", f"≤ {MOST_QUERIES}", str(queries), "", few
        slow = f"; {large['rows']} clips in {ms * growth:.0f} ms"
        yield (
            f"growth, {question}",
            grew,
            f"{growth:.1f} ×",
            slow,
            growth <= MOST_GROWTH,
        )
    mib, rows = book["peak_mib"], f"; {book['rows']} rows in {book['seconds']:.0f} s"
    yield (
        "XLSX, peak of the process",
        f"≤ {MOST_MIB} MiB",
        f"{mib:.0f} MiB",
        rows,
        (mib <= MOST_MIB),
    )


# --- what the children do -------------------------------------------------------


def _django() -> None:
    import django  # noqa: PLC0415

    django.setup()


def build(options: argparse.Namespace) -> dict[str, Any]:
    _django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    units = _units(options.units)
    return {"rows": _count(units, options.clips)}


def grow(options: argparse.Namespace) -> dict[str, Any]:
    """Each row again and again, as another clip of the same unit at the same time."""
    _django()
    from django.db import connection  # noqa: PLC0415

    copied = ("clip_title, unit_id, kind_id, crew_id", "counted_from, withdrawn_from")
    columns = ", ".join((*copied, "withdrawn_why"))
    with connection.cursor() as cursor:
        for time_ in range(1, options.times):
            cursor.execute(
                f"INSERT INTO contributions_ledgerentry (clip_number, {columns}) "
                f"SELECT clip_number + {time_ * options.clips}, {columns} "
                f"FROM contributions_ledgerentry WHERE clip_number <= {options.clips}"
            )
    _analyse()
    return {}


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        vacuum = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
        cursor.execute(vacuum)


def _units(count: int) -> list[Any]:
    """A province, its districts and their schools, which moved about twice."""
    from django.db import transaction  # noqa: PLC0415

    from library import founding  # noqa: PLC0415
    from library.units.models import UnitParent  # noqa: PLC0415
    from tests.cast import unit  # noqa: PLC0415

    with transaction.atomic():
        province = unit(founding.root_page(), "tinh", "Tỉnh đoàn", "province")
        districts = [
            unit(province, f"huyen-{n}", f"Huyện đoàn {n}", "district")
            for n in range(DISTRICTS)
        ]
        schools = [
            unit(districts[n % DISTRICTS], f"truong-{n}", f"Đoàn trường {n}", "school")
            for n in range(count - DISTRICTS - 1)
        ]
        UnitParent.objects.update(valid_from=MERGED[-1])
        starts = (SINCE, *MERGED)
        UnitParent.objects.bulk_create(
            UnitParent(
                unit=school,
                parent=districts[(n + move + 1) % DISTRICTS],
                valid_from=starts[move],
                valid_until=starts[move + 1],
            )
            for n, school in enumerate(schools)
            for move in range(len(MERGED))
        )
    _campaign(province, schools[0].kind)
    return schools


def _campaign(province: Any, kind: Any) -> None:
    from library.contributions.models import Campaign  # noqa: PLC0415

    campaign = Campaign.objects.create(
        name="Đợt", starts_on=SINCE, ends_on=TODAY.replace(month=12)
    )
    campaign.targets.create(unit=province, clips=100_000)
    campaign.targets.create(unit_kind=kind, clips=50)
    campaign.save()


def _count(units: list[Any], clips: int) -> int:
    """Rows of the ledger alone: totals read nothing else of a clip."""
    from library.clips.models import ClipKind  # noqa: PLC0415
    from library.contributions import crews  # noqa: PLC0415
    from library.contributions.models import LedgerEntry  # noqa: PLC0415
    from library.contributions.periods import start_of  # noqa: PLC0415

    chance = random.Random(clips)
    kinds = [
        ClipKind.objects.get_or_create(code=code, defaults={"name": code})[0]
        for code in ("bai-giang", "ky-nang", "su-kien")
    ]
    # One unit in twenty makes every third clip together with another one.
    some = chance.sample(units, k=len(units) // 20)
    partners = {unit.pk: crews.crew([chance.choice(units).pk]) for unit in some}
    begin, seconds = start_of(SINCE), (TODAY - SINCE).days * 24 * 3600
    day, first = datetime.timedelta(days=1), LedgerEntry.objects.count() + 1
    for start in range(0, clips, 5000):
        rows = []
        for number in range(start, min(start + 5000, clips)):
            moment = begin + datetime.timedelta(seconds=chance.randrange(seconds))
            gone = (
                moment + chance.randrange(300) * day if chance.random() < 0.05 else None
            )
            unit, is_shared = chance.choice(units), chance.random() < 1 / 3
            rows.append(
                LedgerEntry(
                    clip_number=first + number,
                    clip_title=f"Bài giảng số {number}",
                    unit=unit,
                    kind=chance.choice(kinds),
                    crew=partners.get(unit.pk) if is_shared else None,
                    counted_from=moment,
                    withdrawn_from=gone,
                )
            )
        LedgerEntry.objects.bulk_create(rows)
    _analyse()
    return clips


def time_totals(options: argparse.Namespace) -> dict[str, Any]:
    _django()
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from library.contributions import rollup, spans  # noqa: PLC0415
    from library.contributions.models import LedgerEntry  # noqa: PLC0415
    from library.contributions.rollup import Reading  # noqa: PLC0415
    from library.contributions.spans import Against  # noqa: PLC0415

    def quarter() -> rollup.Question:
        asked = rollup.question(as_of=TODAY, tree=Reading.THEN)
        return asked.of_span(spans.quarter(2026, 3), list(Against))

    questions: dict[str, Callable[[], rollup.Question]] = {
        "as organised now": lambda: rollup.question(as_of=TODAY),
        "as organised then": lambda: rollup.question(as_of=TODAY, tree=Reading.THEN),
        "then, a quarter with both comparisons": quarter,
    }
    found = {}
    for name, question in questions.items():
        seconds, busy = [], []
        for _run in range(options.runs):
            start, own = time.perf_counter(), time.process_time()
            report = rollup.report(question())
            seconds.append(time.perf_counter() - start)
            busy.append(time.process_time() - own)
        with CaptureQueriesContext(connection) as queries:
            rollup.report(question())
        median = sorted(seconds)[len(seconds) // 2]
        cpu = min(busy) * 1000  # of this process: what a busy machine changes least
        found[name] = {"ms": median * 1000, "cpu_ms": cpu, "queries": len(queries)}
    rows = LedgerEntry.objects.count()
    return {"questions": found, "units": len(report.units), "rows": rows}


def export(_options: argparse.Namespace) -> dict[str, Any]:
    """The ledger itself as XLSX, row by row."""
    _django()
    from library.contributions import ledger_table, spreadsheets  # noqa: PLC0415
    from library.contributions.models import LedgerEntry  # noqa: PLC0415

    start = time.perf_counter()
    rows = LedgerEntry.objects.all()
    with tempfile.TemporaryFile() as file:
        spreadsheets.write_xlsx(ledger_table.table_of(rows), file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": rows.count(),
        "peak_mib": peak,
        "seconds": time.perf_counter() - start,
    }


CHILDREN: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "build": build,
    "grow": grow,
    "time": time_totals,
    "export": export,
}


if __name__ == "__main__":
    sys.exit(main())
