"""Addresses that name units which ended lead on to what continues them."""

from __future__ import annotations

from django.http import QueryDict

from library.catalogue.shelves import url_of
from library.units import history
from library.units.models import UnitPage

PARAMETER = "don-vi"


def page_of(unit: UnitPage) -> str:
    """The public page of what continues a unit that ended; "" while it stands."""
    if unit.ended_on is None:
        return ""
    successor = history.continuation(unit)
    return url_of(successor) if successor else ""


def followed(parameters: QueryDict) -> QueryDict | None:
    """The same search at units that stand; None when it names no other ones."""
    codes = parameters.getlist(PARAMETER)
    if not codes:
        return None
    ended = UnitPage.objects.filter(code__in=codes, ended_on__isnull=False)
    after = {unit.code: history.continuation(unit) for unit in ended}
    if not any(after.values()):
        return None
    changed = parameters.copy()
    now = (successor.code if (successor := after.get(code)) else code for code in codes)
    changed.setlist(PARAMETER, list(dict.fromkeys(now)))
    return changed
