"""The ledger: counting a clip once, and closing its row when it is taken down."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from library.clips import gate
from library.clips.models import ClipPage
from library.contributions import crews
from library.contributions.models import LedgerEntry
from library.duplicates import rulings
from library.duplicates.models import Verdict
from media_pipeline.likeness import digests


@transaction.atomic
def count(clip: ClipPage) -> LedgerEntry | None:
    """Counts a live, playable, approved clip for its unit; a second call changes nothing.

    A clip that was taken down and published again gets a new row. The unit is the one
    it was published for: a row stays there even when the clip moves later. A duplicate
    is not counted, whoever said so: people, or a file of the same bytes that is counted.
    """
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    if not clip.live or gate.publishing_obstacles(clip):
        return None
    already = LedgerEntry.objects.open().filter(clip=clip).first()
    if already is not None:
        return already
    begun = clip.last_published_at or timezone.now()
    found = rulings.spans_of(clip.pk)
    if rulings.is_duplicate(clip.pk):
        return None
    if (twin := counted_twin(clip)) is not None:
        rulings.write(clip, twin, Verdict.DUPLICATE, begun)
        return None
    return LedgerEntry.objects.create(
        clip=clip,
        clip_number=clip.pk,
        clip_title=clip.title,
        unit=clip.unit,
        kind=clip.kind,
        crew=crews.crew_of(clip),
        counted_from=max([begun, *(span.ended for span in found if span.ended)]),
    )


def counted_twin(clip: ClipPage) -> ClipPage | None:
    """Another clip that is counted, and whose file holds the same bytes."""
    same = digests.twins(clip.asset)
    rows = LedgerEntry.objects.open().filter(clip__asset__in=same)
    row = rows.exclude(clip_number=clip.pk).select_related("clip").first()
    return row.clip if row else None


def settle(clip: ClipPage, why: str) -> None:
    """After a ruling: what is a duplicate by now stops to count, what is none begins."""
    if rulings.is_duplicate(clip.pk):
        uncount(clip, why)
    else:
        count(clip)


@transaction.atomic
def uncount(clip: ClipPage, why: str = "") -> int:
    """Closes the clip's open rows; returns how many there were.

    Whoever counts it in this moment comes first: else its row would stay open.
    """
    ClipPage.objects.select_for_update().filter(pk=clip.pk).first()
    return (
        LedgerEntry.objects.open()
        .filter(clip_number=clip.pk)
        .update(withdrawn_from=timezone.now(), withdrawn_why=why[:200])
    )
