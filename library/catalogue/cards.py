"""A clip as it stands in a list: a finished card, a whole page of them in few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse

from library.clips.models import ClipPage
from library.clips.playback import poster_of
from library.units.models import UnitPage


@dataclass(frozen=True)
class Card:
    clip_id: int
    url: str
    title: str
    poster_url: str
    length: str  # "12:34"
    topic: str  # "Toán · Lớp 10"
    unit: str


def cards_of(clips: Iterable[ClipPage]) -> list[Card]:
    """One card for each clip, in the order given."""
    rows = list(clips)
    prefetch_related_objects(rows, "subject", "grades", "asset__package")
    units = units_of(rows)
    return [_card(clip, units.get(clip.path[: -clip.steplen], "")) for clip in rows]


def cards_by_id(ids: Iterable[int]) -> list[Card]:
    """Cards in the order of `ids` (an engine's ranking); ids that are gone are left out."""
    ranked = list(ids)
    rows = ClipPage.objects.open_to_all().in_bulk(ranked) if ranked else {}
    return cards_of(rows[each] for each in ranked if each in rows)


def clip_url(clip: ClipPage) -> str:
    return reverse("catalogue:clip", args=[clip.slug, clip.pk])


def units_of(clips: Iterable[ClipPage]) -> dict[str, str]:
    """The names of the clips' units by their path in the tree."""
    paths = {clip.path[: -clip.steplen] for clip in clips}
    return dict(UnitPage.objects.filter(path__in=paths).values_list("path", "title"))


def clock(milliseconds: int) -> str:
    """12:34, or 1:02:03 from an hour on."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
    )


def _card(clip: ClipPage, unit: str) -> Card:
    grades = [grade.name for grade in clip.grades.all()]
    topic = [clip.subject.name] if clip.subject else []
    if grades:
        topic.append(grades[0] if len(grades) == 1 else f"{grades[0]} – {grades[-1]}")
    return Card(
        clip_id=clip.pk,
        url=clip_url(clip),
        title=clip.title,
        poster_url=poster_of(clip, clip.asset) if clip.asset else "",
        length=clock(clip.asset.duration_ms) if clip.asset else "",
        topic=" · ".join(topic),
        unit=unit,
    )
