"""Units that made a clip together: each has credit for it, totals count it once.

Who they are is said of the clip (`Partner`). A row of the ledger keeps who they were as
a `Crew`; where that was wrong, the row is closed at its beginning, so that it never
counted, and another takes its place. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from library.clips.models import ClipPage
from library.contributions.models import Crew, CrewMember, LedgerEntry, Partner
from library.units.models import UnitPage

MOST = 20
BY_CORRECTION = "co-contributing units"
ACTION = "contributions.partners"


def crew_of(clip: ClipPage) -> Crew | None:
    """Of the units said to have made it, without the one it stands under."""
    units = Partner.objects.filter(clip=clip).values_list("unit_id", flat=True)
    return crew(set(units) - {clip.unit.pk})


def crew(units: Iterable[int]) -> Crew | None:
    ids = sorted(set(units))
    if not ids:
        return None
    found, is_new = Crew.objects.get_or_create(key=" ".join(map(str, ids)))
    if is_new:
        CrewMember.objects.bulk_create(
            CrewMember(crew=found, unit_id=unit) for unit in ids
        )
    return found


def ids_of(key: str | None) -> tuple[int, ...]:
    return tuple(map(int, key.split())) if key else ()


@transaction.atomic
def set_partners(clip: ClipPage, units: Iterable[UnitPage], by: User) -> None:
    """These made it, also as far as the row that is open goes back."""
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    before = _codes(clip)
    wanted = {unit.pk for unit in units} - {clip.unit.pk}
    clip.partners.exclude(unit__in=wanted).delete()
    known = set(clip.partners.values_list("unit_id", flat=True))
    Partner.objects.bulk_create(
        Partner(clip=clip, unit_id=unit) for unit in sorted(wanted - known)
    )
    for row in LedgerEntry.objects.open().filter(clip=clip):
        correct(row, crew(wanted - {row.unit_id}))
    if (after := _codes(clip)) != before:
        log(clip, ACTION, user=by, data={"before": before, "after": after})


def _codes(clip: ClipPage) -> list[str]:
    return list(clip.partners.order_by("unit").values_list("unit__code", flat=True))


def correct(row: LedgerEntry, who: Crew | None) -> None:
    """Another row in the place of one that gave credit wrongly."""
    if row.crew_id == (who and who.pk):
        return
    row.withdrawn_from, row.withdrawn_why = row.counted_from, BY_CORRECTION
    row.save(update_fields=["withdrawn_from", "withdrawn_why"])
    LedgerEntry.objects.create(
        clip=row.clip,
        clip_number=row.clip_number,
        clip_title=row.clip_title,
        unit_id=row.unit_id,
        kind_id=row.kind_id,
        crew=who,
        counted_from=row.counted_from,
    )
