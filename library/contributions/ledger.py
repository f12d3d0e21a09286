"""The ledger: counting a clip once, and closing its row when it is taken down."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from library.clips import gate
from library.clips.models import ClipPage
from library.contributions import crews
from library.contributions.models import LedgerEntry


@transaction.atomic
def count(clip: ClipPage) -> LedgerEntry | None:
    """Counts a live, playable, approved clip for its unit; a second call changes nothing.

    A clip that was taken down and published again gets a new row. The unit is the one
    it was published for: a row stays there even when the clip moves later.
    """
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    if not clip.live or gate.publishing_obstacles(clip):
        return None
    already = LedgerEntry.objects.open().filter(clip=clip).first()
    if already is not None:
        return already
    return LedgerEntry.objects.create(
        clip=clip,
        clip_number=clip.pk,
        clip_title=clip.title,
        unit=clip.unit,
        kind=clip.kind,
        crew=crews.crew_of(clip),
        counted_from=clip.last_published_at or timezone.now(),
    )


@transaction.atomic
def uncount(clip: ClipPage, why: str = "") -> int:
    """Closes the clip's open rows; returns how many there were."""
    return (
        LedgerEntry.objects.open()
        .filter(clip_number=clip.pk)
        .update(withdrawn_from=timezone.now(), withdrawn_why=why[:200])
    )
