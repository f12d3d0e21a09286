"""Addresses that name units which ended lead on to what continues them."""

from __future__ import annotations

from django.http import HttpResponsePermanentRedirect, QueryDict

from library.catalogue.shelves import url_of
from library.units import history
from library.units.models import UnitPage

PARAMETER = "don-vi"


def moved(unit: UnitPage) -> HttpResponsePermanentRedirect | None:
    """To the page of what continues a unit that ended; None while it stands.

    For an hour at a time: browsers keep such an answer for ever, and it can be undone.
    """
    if unit.ended_on is None or (successor := history.continuation(unit)) is None:
        return None
    headers = {"Cache-Control": "max-age=3600"}
    return HttpResponsePermanentRedirect(url_of(successor), headers=headers)


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
