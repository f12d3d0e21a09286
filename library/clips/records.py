"""What the search is told about a clip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from django.db.models import QuerySet

from library.clips import vtt
from library.clips.models import CaptionTrack, ClipPage, Credit, Grade, Skill
from library.units.models import UnitPage
from library.viewing import counting
from search.documents import Cue, Label, Record

BATCH = 200
_COLUMNS = (
    *("pk", "path", "title", "description", "licence", "first_published_at", "live"),
    *("kind__code", "kind__name", "subject__code", "subject__name"),
    *("series_id", "series__title", "asset__duration_ms"),
)

T = TypeVar("T")


def record_of(clip: ClipPage) -> Record:
    """As the public may find it: from the row, never from a newer draft."""
    return next(_records(ClipPage.objects.filter(pk=clip.pk)))


def all_records() -> Iterator[Record]:
    """Every clip open to all, read in batches while the caller goes on; few queries a batch.

    Ids are taken first: a clip that changes meanwhile is read when its turn comes.
    """
    clips = ClipPage.objects.open_to_all()
    ids = list(clips.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        yield from _records(clips.filter(pk__in=batch))


def _records(clips: QuerySet[ClipPage]) -> Iterator[Record]:
    """From plain rows: pages would take several times as long to make, for nothing.

    What belongs to them is read from the first to the last: to name each one takes longer
    than to pass over the few in between that are not open to all.
    """
    rows = list(clips.order_by("pk").values_list(*_COLUMNS, named=True))
    if not rows:
        return
    first, last = rows[0].pk, rows[-1].pk
    units = _units_above(row.path for row in rows)
    grades, skills = (_labels(model, first, last) for model in (Grade, Skill))
    speakers = Credit.objects.filter(part=Credit.Part.SPEAKER)
    speakers = speakers.filter(clip__gte=first, clip__lte=last)
    named = _by_clip(speakers.values_list("clip", "name"))
    tracks = CaptionTrack.objects.filter(clip__gte=first, clip__lte=last)
    spoken = _by_clip(tracks.values_list("clip", "vtt"))
    views = counting.totals(row.pk for row in rows)
    for row in rows:
        yield Record(
            id=row.pk,
            title=row.title,
            description=row.description,
            kind=_label(row.kind__code, row.kind__name),
            subject=_label(row.subject__code, row.subject__name),
            grades=tuple(grades.get(row.pk, ())),
            skills=tuple(skills.get(row.pk, ())),
            units=tuple(units[path] for path in _above(row.path) if path in units),
            series=_label(row.series_id, row.series__title),
            speakers=tuple(named.get(row.pk, ())),
            licence=row.licence,
            captions=tuple(_cues(spoken.get(row.pk, ()))),
            duration_ms=row.asset__duration_ms or 0,
            published_at=row.first_published_at,
            views=views.get(row.pk, 0),
            public=row.live,
        )


def _units_above(clip_paths: Iterable[str]) -> Mapping[str, Label]:
    """All units on the way from the root to the clips, by tree path, in one query.

    One that ended is found by what continues it, which stands above it.
    """
    paths = {path for clip_path in clip_paths for path in _above(clip_path)}
    units = UnitPage.objects.filter(path__in=paths, ended_on=None)
    return {
        path: Label(code, title)
        for path, code, title in units.values_list("path", "code", "title")
    }


def _above(path: str) -> list[str]:
    """The tree paths of the pages above, from the root on."""
    step = ClipPage.steplen
    return [path[:end] for end in range(step, len(path) - step + 1, step)]


def _labels(
    model: type[Grade | Skill], first: int, last: int
) -> dict[int, list[Label]]:
    labels = model.objects.filter(clips__gte=first, clips__lte=last)
    rows = labels.values_list("clips", "code", "name")
    return _by_clip((clip, Label(code, name)) for clip, code, name in rows)


def _by_clip(rows: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for clip, value in rows:
        found.setdefault(clip, []).append(value)
    return found


def _label(code: object, name: str | None) -> Label | None:
    return None if name is None else Label(str(code), name)


def _cues(tracks: Iterable[str]) -> Iterator[Cue]:
    for track in tracks:
        yield from map(Cue._make, vtt.cues_of(track.encode()))
