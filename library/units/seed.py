"""Loads a dated tree of units from a seed file; a second run adds nothing."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from library.units import history
from library.units.models import LibraryPage, UnitKind, UnitPage

BINH_PHUOC_2021 = Path(__file__).resolve().parent / "data" / "binh_phuoc_2021.json"


@transaction.atomic
def load_units(library: LibraryPage, path: Path = BINH_PHUOC_2021) -> int:
    """Makes what is missing below `library`; how many units it was.

    A unit that is there, by its code, stays as people have changed it since.
    """
    tree = json.loads(path.read_text(encoding="utf-8"))
    kinds = {row["code"]: _kind(row) for row in tree["kinds"]}
    since = datetime.date.fromisoformat(tree["valid_from"])
    return sum(_unit(library, row, kinds, since) for row in tree["units"])


def _kind(row: dict[str, Any]) -> UnitKind:
    details = {name: value for name, value in row.items() if name != "code"}
    return UnitKind.objects.get_or_create(code=row["code"], defaults=details)[0]


def _unit(
    parent: LibraryPage | UnitPage,
    row: dict[str, Any],
    kinds: dict[str, UnitKind],
    since: datetime.date,
) -> int:
    """The unit and all below it; its history begins on the tree's day."""
    unit = UnitPage.objects.filter(code=row["code"]).first()
    is_new = unit is None
    if unit is None:
        unit = parent.add_child(
            instance=UnitPage(
                title=row["name"],
                slug=row["code"],
                code=row["code"],
                kind=kinds[row["kind"]],
            )
        )
        history.begin(unit, since)
    below = row.get("units", [])
    return is_new + sum(_unit(unit, child, kinds, since) for child in below)
