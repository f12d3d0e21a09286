"""What the search is told about a clip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from library.clips import captions
from library.clips.models import CaptionTrack, ClipPage, Credit
from library.units.models import UnitPage
from library.viewing import counting
from search.documents import Cue, Label, Record

BATCH = 200


def record_of(clip: ClipPage) -> Record:
    """As the public may find it: from the row, never from a newer draft."""
    return next(_records(ClipPage.objects.filter(pk=clip.pk)))


def all_records() -> Iterator[Record]:
    """Every live clip, read in batches while the caller goes on; few queries a batch.

    Ids are taken first: a clip that changes meanwhile is read when its turn comes.
    """
    ids = list(ClipPage.objects.live().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        yield from _records(ClipPage.objects.live().filter(pk__in=batch))


def _records(clips: QuerySet[ClipPage]) -> Iterator[Record]:
    rows = list(
        clips.select_related("kind", "subject", "series", "asset").prefetch_related(
            "grades", "skills", "credits", "captions"
        )
    )
    units = _units_above(rows)
    views = counting.totals(clip.pk for clip in rows)
    for clip in rows:
        yield _record(clip, units, views.get(clip.pk, 0))


def _units_above(clips: list[ClipPage]) -> Mapping[str, Label]:
    """All units on the way from the root to the clips, by tree path, in one query.

    One that ended is found by what continues it, which stands above it.
    """
    step = ClipPage.steplen
    paths = {
        clip.path[:end]
        for clip in clips
        for end in range(step, len(clip.path) - step + 1, step)
    }
    units = UnitPage.objects.filter(path__in=paths, ended_on=None)
    return {unit.path: Label(unit.code, unit.title) for unit in units}


def _record(clip: ClipPage, units: Mapping[str, Label], views: int) -> Record:
    return Record(
        id=clip.pk,
        title=clip.title,
        description=clip.description,
        kind=_label(clip.kind),
        subject=_label(clip.subject),
        grades=tuple(Label(one.code, one.name) for one in clip.grades.all()),
        skills=tuple(Label(one.code, one.name) for one in clip.skills.all()),
        units=tuple(
            units[path] for path in sorted(units) if clip.path.startswith(path)
        ),
        series=Label(str(clip.series.pk), clip.series.title) if clip.series else None,
        speakers=tuple(
            one.name for one in clip.credits.all() if one.part == Credit.Part.SPEAKER
        ),
        licence=clip.licence,
        captions=tuple(_cues(clip.captions.all())),
        duration_ms=clip.asset.duration_ms if clip.asset else 0,
        published_at=clip.first_published_at,
        views=views,
        public=clip.live,
    )


def _label(row: object) -> Label | None:
    """Kinds and subjects alike have a code and a name."""
    if row is None:
        return None
    return Label(row.code, row.name)  # type: ignore[attr-defined]


def _cues(tracks: QuerySet[CaptionTrack]) -> Iterator[Cue]:
    for track in tracks:
        for cue in captions.cues(track):
            yield Cue(cue.start_ms, cue.end_ms, cue.text)
