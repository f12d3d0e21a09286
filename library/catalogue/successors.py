"""Addresses that name units which ended lead on to what continues them."""

from __future__ import annotations

from collections.abc import Collection

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
    after = continued(codes)
    if not after:
        return None
    changed = parameters.copy()
    changed.setlist(
        PARAMETER, list(dict.fromkeys(after.get(code, code) for code in codes))
    )
    return changed


def continued(codes: Collection[str]) -> dict[str, str]:
    """Of each that named a unit which ended, the code of what continues it, if anything does."""
    if not codes:
        return {}
    ended = UnitPage.objects.filter(code__in=codes, ended_on__isnull=False)
    return {
        unit.code: successor.code
        for unit in ended
        if (successor := history.continuation(unit)) is not None
    }
