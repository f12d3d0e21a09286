"""How many members units have: units of like size are ranked with each other."""

from __future__ import annotations

from collections.abc import Iterable

from library.contributions.models import Headcount
from library.contributions.rollup import UnitRow


def members_of(rows: Iterable[UnitRow]) -> dict[int, int]:
    """By the unit's id, of those whose number is known; read in one go."""
    known = dict(Headcount.objects.values_list("unit_id", "members"))
    return {row.pk: known[row.pk] for row in rows if row.pk in known}
