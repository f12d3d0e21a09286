"""Which generation of an index is live, and how a new one takes its place."""

from __future__ import annotations

from django.db import transaction

from search.embedded import store
from search.embedded.models import (
    Block,
    Document,
    Generation,
    Index,
    Label,
    Word,
    new_stamp,
)
from search.embedded.shelves import Shelf, shelf
from search.errors import RebuildOvertakenError

_SWEPT_AT_ONCE = 500


def live(index: str) -> int | None:
    """The generation to search, None where nothing was ever written."""
    return Index.objects.filter(name=index).values_list("live", flat=True).first()


def reading(index: str) -> Shelf | None:
    """What is to be searched, as it is now."""
    rows = Index.objects.filter(name=index).values_list("live", "stamp")
    return next((shelf(*row) for row in rows), None)


def changing(index: str) -> Index:
    """The locked row of the index: what is live changes in this transaction."""
    row = locked(index)
    row.stamp = new_stamp()
    row.save(update_fields=["stamp"])
    return row


def locked(index: str) -> Index:
    """The index's row, kept from all other writers until the transaction ends."""
    row = Index.objects.select_for_update().filter(name=index).first()
    if row is not None:
        return row
    first = Generation.objects.create(index=index)
    Index.objects.get_or_create(name=index, defaults={"live": first})
    return Index.objects.select_for_update().get(name=index)


@transaction.atomic
def begin(index: str) -> Generation:
    """A new, empty generation beside the live one; a rebuild under way is overtaken."""
    row = locked(index)
    row.building = Generation.objects.create(index=index)
    row.save(update_fields=["building"])
    return row.building


def still_mine(index: str, building: Generation) -> Index:
    """The locked row of the index, or an error when another rebuild began meanwhile."""
    row = locked(index)
    if row.building_id != building.pk:
        raise RebuildOvertakenError("another rebuild of the search index began")
    return row


@transaction.atomic
def swap(index: str, building: Generation) -> None:
    """From here on the new generation is searched."""
    row = still_mine(index, building)
    gone = Document.objects.filter(generation=building, gone=True)
    store.forget(list(gone.values_list("pk", flat=True)))
    row.live, row.building, row.stamp = building, None, new_stamp()
    row.save(update_fields=["live", "building", "stamp"])


@transaction.atomic
def abandon(index: str, building: Generation) -> None:
    """The live generation stays; writes need not care for the half-built one any more."""
    Index.objects.filter(name=index, building=building).update(building=None)


def sweep(index: str) -> None:
    """Remove what is neither live nor being built, a little at a time: others write too."""
    # Listed before asking which are kept: one that is begun in between is not touched.
    listed = list(Generation.objects.filter(index=index).values_list("pk", flat=True))
    kept = Index.objects.filter(name=index).values_list("live", "building").first()
    for generation in set(listed).difference(kept or ()):
        documents = Document.objects.filter(generation=generation)
        while ids := list(documents.values_list("pk", flat=True)[:_SWEPT_AT_ONCE]):
            with transaction.atomic():
                store.forget(ids)
        with transaction.atomic():
            Block.objects.filter(generation=generation).delete()
            Label.objects.filter(generation=generation).delete()
            Word.objects.filter(generation=generation).delete()
            Generation.objects.filter(pk=generation).delete()


def drop(index: str) -> None:
    """Remove a scratch index and all that is in it."""
    Index.objects.filter(name=index).delete()
    sweep(index)
