"""The ledger against first principles: what Wagtail's own log says was live, and when.

A clip counts from each publication to the next withdrawal or deletion, but for the time
in which it was a duplicate. The log of pages and the rulings about duplicates tell these;
the state of the page itself settles whether it is live now.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageLogEntry

from library.clips.models import ClipPage
from library.contributions import crews
from library.contributions.models import LedgerEntry, Partner
from library.duplicates import rulings
from library.units.models import UnitPage

TOLERANCE = datetime.timedelta(minutes=5)  # a row may be written later than the log's
BEGINS = {"wagtail.publish", "wagtail.publish.scheduled"}
ENDS = {"wagtail.unpublish", "wagtail.unpublish.scheduled", "wagtail.delete"}
MOVES = {"wagtail.move"}
BY_RECOUNT = "recount"


@dataclass(frozen=True)
class Episode:
    """A clip was live for a unit from one moment to another (None: still is)."""

    clip: int
    title: str
    unit: int | None  # None: the clip is gone, and its unit with it
    kind: int | None
    begun: datetime.datetime
    ended: datetime.datetime | None
    has_lost_end: bool = False  # over, but nothing tells since when
    crew: str | None = None  # who has credit besides; None: nothing tells of it

    def agrees_with(self, row: LedgerEntry) -> bool:
        return (
            self.unit in {None, row.unit_id}
            and _near(self.begun, row.counted_from)
            and self._ends_with(row)
            and self.crew in {None, row.crew.key if row.crew else ""}
        )

    def _ends_with(self, row: LedgerEntry) -> bool:
        if self.has_lost_end:
            return row.withdrawn_from is not None
        return _near(self.ended, row.withdrawn_from)

    def continues(self, row: LedgerEntry) -> bool:
        """The row is right but for its end."""
        return (
            row.withdrawn_from is None
            and self.unit in {None, row.unit_id}
            and _near(self.begun, row.counted_from)
        )


@dataclass(frozen=True)
class Difference:
    """`row` is what the ledger says, `episode` what it should say; one may be missing."""

    clip: int
    title: str
    row: LedgerEntry | None
    episode: Episode | None

    @property
    def goes_on(self) -> bool:
        """The row only lacks its end."""
        return bool(self.row and self.episode and self.episode.continues(self.row))


def differences() -> list[Difference]:
    """Changes nothing; empty when the ledger is right."""
    rows: dict[int, list[LedgerEntry]] = defaultdict(list)
    meant = LedgerEntry.objects.meant().select_related("crew")
    for row in meant.order_by("counted_from", "pk"):
        rows[row.clip_number].append(row)
    found: list[Difference] = []
    for clip, episodes in _episodes().items():
        found += _compare(clip, episodes, rows.pop(clip, []))
    for clip, unfounded in rows.items():
        found += _compare(clip, [], unfounded)
    return sorted(found, key=lambda each: each.clip)


@transaction.atomic
def mend(found: list[Difference]) -> None:
    """Closes and adds rows; a wrong row is closed at its beginning, none is deleted."""
    units = set(UnitPage.objects.values_list("pk", flat=True))
    missing = [
        each.episode
        for each in found
        if each.episode and each.episode.unit in units and not each.goes_on
    ]
    for each in found:
        if each.row and each.episode and each.goes_on:
            _mend_open(each.row, each.episode)
        elif each.row:
            _close(each.row, each.row.counted_from)
    for episode in missing:
        _add(episode)


def _mend_open(row: LedgerEntry, episode: Episode) -> None:
    """It should have ended, or it gives credit to the wrong units."""
    if episode.crew is None:
        _close(row, episode.ended or timezone.now())
    else:
        crews.correct(row, crews.crew(crews.ids_of(episode.crew)))


def _compare(
    clip: int, episodes: list[Episode], rows: list[LedgerEntry]
) -> Iterator[Difference]:
    rows = list(rows)
    missing = []
    for episode in episodes:
        same = next((row for row in rows if episode.agrees_with(row)), None)
        if same is None:
            missing.append(episode)
        else:
            rows.remove(same)
    for episode in missing:
        wrong = next((row for row in rows if episode.continues(row)), None)
        if wrong is not None:
            rows.remove(wrong)
        yield Difference(clip, episode.title, wrong, episode)
    for row in rows:
        yield Difference(clip, row.clip_title, row, None)


def _episodes() -> dict[int, list[Episode]]:
    """By the clip's number, oldest first."""
    clips = ClipPage.objects.in_bulk()
    parents = _parents(clips)
    partners = _partners()
    entries: dict[int, list[PageLogEntry]] = defaultdict(list)
    logged = PageLogEntry.objects.filter(
        action__in=BEGINS | ENDS | MOVES,
        content_type=ContentType.objects.get_for_model(ClipPage),
    )
    for entry in logged.order_by("timestamp", "pk"):
        entries[entry.page_id].append(entry)
    every = entries.keys() | {pk for pk, clip in clips.items() if clip.live}
    copies = rulings.spans()
    return {
        pk: [
            _credited(episode, partners[pk])
            for episode in _of_clip(
                pk, entries[pk], clips.get(pk), parents.get(pk), copies.get(pk, [])
            )
        ]
        for pk in every
    }


def _partners() -> dict[int, set[int]]:
    """By clip, the units said to have made it besides its own."""
    found: dict[int, set[int]] = defaultdict(set)
    for clip, unit in Partner.objects.values_list("clip_id", "unit_id"):
        found[clip].add(unit)
    return found


def _credited(episode: Episode, partners: set[int]) -> Episode:
    """Of what is live it is known who made it; of the rest the ledger alone tells."""
    if episode.ended is not None or episode.has_lost_end:
        return episode
    others = sorted(partners - {episode.unit})
    return replace(episode, crew=" ".join(map(str, others)))


def _of_clip(
    pk: int,
    entries: list[PageLogEntry],
    clip: ClipPage | None,
    parent: int | None,
    copies: list[rulings.Span],
) -> Iterator[Episode]:
    title = clip.title if clip else entries[-1].label
    kind = clip.kind_id if clip else None
    spans = list(_spans(entries))
    is_live = clip is not None and clip.live
    if clip is not None and clip.live and not (spans and spans[-1][1] is None):
        spans.append((clip.first_published_at or clip.last_published_at, None))
    for begun, ended in rulings.without(copies, spans):
        unit = _unit_then(entries, begun, parent) if clip else None
        is_lost = ended is None and not is_live
        yield Episode(pk, title, unit, kind, begun, ended, is_lost)


def _spans(
    entries: list[PageLogEntry],
) -> Iterator[tuple[datetime.datetime, datetime.datetime | None]]:
    begun: datetime.datetime | None = None
    for entry in entries:
        if entry.action in BEGINS and begun is None:
            begun = entry.timestamp
        elif entry.action in ENDS and begun is not None:
            yield begun, entry.timestamp
            begun = None
    if begun is not None:
        yield begun, None


def _unit_then(
    entries: list[PageLogEntry], moment: datetime.datetime, parent: int | None
) -> int | None:
    """Where the clip was: the source of its first move after the moment, else today's."""
    for entry in entries:
        if entry.action in MOVES and entry.timestamp > moment:
            data: dict[str, Any] = entry.data
            return int(data["source"]["id"])
    return parent


def _parents(clips: dict[int, ClipPage]) -> dict[int, int]:
    step = ClipPage.steplen
    at = dict(UnitPage.objects.values_list("path", "pk"))
    return {
        pk: at[clip.path[:-step]]
        for pk, clip in clips.items()
        if clip.path[:-step] in at
    }


def _near(one: datetime.datetime | None, other: datetime.datetime | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= TOLERANCE


def _close(row: LedgerEntry, moment: datetime.datetime) -> None:
    row.withdrawn_from = moment
    row.withdrawn_why = row.withdrawn_why or BY_RECOUNT
    row.save(update_fields=["withdrawn_from", "withdrawn_why"])


def _add(episode: Episode) -> None:
    LedgerEntry.objects.create(
        clip=ClipPage.objects.filter(pk=episode.clip).first(),
        clip_number=episode.clip,
        clip_title=episode.title,
        unit_id=episode.unit,
        kind_id=episode.kind,
        counted_from=episode.begun,
        withdrawn_from=timezone.now() if episode.has_lost_end else episode.ended,
        withdrawn_why=BY_RECOUNT if episode.ended or episode.has_lost_end else "",
        crew=crews.crew(crews.ids_of(episode.crew)),
    )
