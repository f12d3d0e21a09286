"""What is suggested while somebody types, each with the page that it leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse

from library.catalogue.cards import clip_url
from library.catalogue.shelves import public_clips, url_of
from library.clips.models import Series
from search import index
from search.facets import SPEAKER
from search.results import Spans, Suggestion

CLIP = "clip"
KINDS = ("subject", "series", "skill", "unit", SPEAKER, CLIP)
MOST = 20


@dataclass(frozen=True)
class Door:
    """One suggestion; `kind` is of KINDS."""

    kind: str
    code: str
    text: str
    highlight: Spans
    url: str


def doors(typed: str, limit: int) -> list[Door]:
    """In the engine's order; what was withdrawn a moment ago is left out."""
    suggested = index.suggest(typed, min(max(limit, 1), MOST))
    urls = _urls_of_clips(suggested) | _urls_of_series(suggested)
    return [
        Door(one.kind, one.code, one.text, one.highlight or ((one.text, False),), url)
        for one in suggested
        if (url := urls.get((one.kind, one.code)) or _url(one))
    ]


def _url(one: Suggestion) -> str:
    """ "" for a kind that has no page, or whose page is gone."""
    if one.kind in {"subject", "skill", "unit"}:
        return reverse(f"catalogue:{one.kind}", args=[one.code])
    if one.kind == SPEAKER:
        query = QueryDict(mutable=True)
        query["q"] = one.text
        return f"{reverse('catalogue:search')}?{query.urlencode()}"
    return ""


def _urls_of_clips(suggested: Iterable[Suggestion]) -> dict[tuple[str, str], str]:
    ids = [one.code for one in suggested if one.kind == CLIP]
    clips = public_clips().filter(pk__in=ids) if ids else ()
    return {(CLIP, str(clip.pk)): clip_url(clip) for clip in clips}


def _urls_of_series(suggested: Iterable[Suggestion]) -> dict[tuple[str, str], str]:
    ids = [one.code for one in suggested if one.kind == "series"]
    rows = Series.objects.filter(pk__in=ids) if ids else ()
    return {("series", str(row.pk)): url_of(row) for row in rows}
