"""The watch page: a clip with its details, transcript, neighbours and links, ready to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail import hooks

from library.catalogue import linked_data, shelves
from library.catalogue.cards import Card, cards_of, clip_url, clock
from library.catalogue.transcripts import transcript_of
from library.clips.licences import LICENCES
from library.clips.models import ClipPage, ClipQuerySet, Series
from library.clips.playback import playback_of
from library.units.models import UnitPage
from library.viewing import counting, tickets

RELATED_SHOWN = 6
LONGEST_START_S = 24 * 3600


@dataclass(frozen=True)
class Neighbours:
    series: Series
    url: str
    number: int
    total: int
    previous: Card | None
    next: Card | None


def guarded(
    clip: ClipPage, request: HttpRequest, render: Callable[[], HttpResponse]
) -> HttpResponse:
    """Wagtail's own hooks around serving a page, so that its privacy rules hold here too."""

    def chain(*_args: object) -> HttpResponse:
        return render()

    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(clip, request, [], {})
        if isinstance(answer, HttpResponse):
            return answer
    return chain(clip, request, [], {})


def watch_page(clip: ClipPage, request: HttpRequest) -> dict[str, Any]:
    """What templates/catalogue/watch.html shows."""
    playback = playback_of(clip)
    units = unit_path(clip)
    site_url = request.build_absolute_uri("/")[:-1]
    data = linked_data.clip_data(
        clip, playback, units[-1].title if units else "", site_url
    )
    return {
        "clip": clip,
        "clip_url": clip_url(clip),
        "playback": playback,
        "start_s": start_of(request),
        "length": clock(playback.duration_ms),
        "views": counting.totals([clip.pk]).get(clip.pk, 0),
        "ticket": tickets.issue(clip.pk, playback.duration_ms),
        "wanted_s": tickets.wanted_s(playback.duration_ms),
        "units": [(unit.title, shelves.url_of(unit)) for unit in units],
        "topics": topics_of(clip),
        "speakers": _named(clip, "speaker"),
        "makers": _named(clip, "maker"),
        "licence": LICENCES.get(clip.licence),
        "transcript": transcript_of(clip, request.GET),
        "neighbours": neighbours_of(clip),
        "related": related_to(clip),
        "share_url": f"{site_url}{clip_url(clip)}",
        "poster_address": linked_data.absolute(site_url, playback.poster_url),
        "qr_url": reverse("catalogue:qr", args=[clip.pk]),
        "linked_data": linked_data.script_safe(data),
    }


def start_of(request: HttpRequest) -> int:
    """`?t=151` in seconds; anything else starts where the viewer left off."""
    text = request.GET.get("t", "").removesuffix("s")
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        return 0
    return min(int(text), LONGEST_START_S)


def unit_path(clip: ClipPage) -> list[UnitPage]:
    """The clip's unit and those above it, from the top."""
    ancestors = clip.get_ancestors().type(UnitPage).values_list("pk", flat=True)
    units = UnitPage.objects.filter(pk__in=ancestors).select_related("kind")
    return list(units.order_by("depth"))


def topics_of(clip: ClipPage) -> list[tuple[str, str]]:
    """(name, address) of the subject, the grades and the skills."""
    rows = [*clip.grades.all(), *clip.skills.all()]
    if clip.subject:
        rows.insert(0, clip.subject)
    return [(row.name, shelves.url_of(row)) for row in rows]


def neighbours_of(clip: ClipPage) -> Neighbours | None:
    """None also while the clip is the only one of its series."""
    if clip.series is None:
        return None
    ordered = list(in_series(clip.series))
    place = next((i for i, each in enumerate(ordered) if each.pk == clip.pk), None)
    if place is None or len(ordered) == 1:
        return None
    around = cards_of([*ordered[:place][-1:], *ordered[place + 1 : place + 2]])
    return Neighbours(
        series=clip.series,
        url=shelves.url_of(clip.series),
        number=place + 1,
        total=len(ordered),
        previous=around[0] if place else None,
        next=around[-1] if place + 1 < len(ordered) else None,
    )


def in_series(series: Series) -> ClipQuerySet:
    """The public clips of a series in their order."""
    clips: ClipQuerySet = shelves.public_clips().filter(series=series)
    return clips.order_by("series_order", "first_published_at", "pk")


def related_to(clip: ClipPage) -> list[Card]:
    """The newest of the same subject, then of the same unit; the series has its own place."""
    others = shelves.public_clips().exclude(pk=clip.pk)
    if clip.series_id:
        others = others.exclude(series=clip.series_id)
    same_subject = others.filter(subject=clip.subject_id) if clip.subject_id else []
    same_unit = others.child_of(clip.get_parent())
    found = {each.pk: each for each in same_subject[:RELATED_SHOWN]}
    found |= {each.pk: each for each in same_unit[:RELATED_SHOWN]}
    return cards_of(list(found.values())[:RELATED_SHOWN])


def _named(clip: ClipPage, part: str) -> list[str]:
    return [credit.name for credit in clip.credits.all() if credit.part == part]
