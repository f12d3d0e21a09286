"""The page of search results: the engine's hits, in the engine's order, ready to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.urls import reverse

from library.catalogue import facets, shelves
from library.catalogue.cards import Card, cards_by_id, clock
from library.catalogue.transcripts import search_url
from library.sought.promotions import promoted
from search import index
from search.queries import DEEPEST_OFFSET, SORTS, Query
from search.results import Hit, Hits, Spans

PAGE_SIZE = 20
LAST_PAGE = DEEPEST_OFFSET // PAGE_SIZE + 1
MOMENTS_SHOWN = 3


@dataclass(frozen=True)
class MomentLink:
    start_ms: int
    clock: str
    url: str
    text: Spans


@dataclass(frozen=True)
class Result:
    card: Card
    title: Spans
    snippet: Spans
    moments: tuple[MomentLink, ...]
    inside_url: str = ""  # search inside the clip, where more moments may be


def results_page(parameters: QueryDict) -> dict[str, Any]:
    """What templates/catalogue/search.html shows; 404 beyond the last page."""
    number = page_number(parameters)
    parameters = facets.bounded(parameters, others=("q", "sort"))
    query = Query(
        text=parameters.get("q", ""),
        filters=facets.chosen(parameters),
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
        sort=_sort(parameters),
    )
    hits = index.search(query)
    page = _pages(hits.total, number)
    if number > page.paginator.num_pages:
        raise Http404
    suggested, results = _promoted_first(query, results_of(hits, query.text))
    return {
        "query": query,
        "promoted": suggested,
        "is_unanswered": not suggested and (hits.any_word or not hits.total),
        "total": hits.total,
        "results": results,
        "groups": facets.groups(hits, parameters),
        "chips": facets.chips(hits, parameters),
        "clear_url": _changed(parameters, keep=("q",)),
        "decoded": hits.decoded,
        "typos": hits.typos,
        "any_word": hits.any_word,
        "did_you_mean": hits.did_you_mean,
        "did_you_mean_url": did_you_mean_url(hits),
        "page": page,
        "page_query": _page_query(parameters),
        "sorts": sort_links(parameters),
        **({} if hits.total else _ways_on(query)),
    }


def results_of(hits: Hits, text: str = "") -> list[Result]:
    """A hit whose clip was withdrawn a moment ago is left out."""
    cards = {card.clip_id: card for card in cards_by_id(hit.id for hit in hits.hits)}
    return [_result(hit, cards[hit.id], text) for hit in hits.hits if hit.id in cards]


def _promoted_first(
    query: Query, found: list[Result]
) -> tuple[list[Result], list[Result]]:
    """Those that editors put above the others, with their moments, and the others.

    No page shows a clip twice. How many there are and on which page each one stands is
    the engine's word all the same: the first page has fewer others instead. On a later
    page, without suggestions, a promoted clip keeps its place: left out there as well,
    the last page could be empty.
    """
    by_id = {result.card.clip_id: result for result in found}
    first = [
        by_id.pop(card.clip_id, _bare(card)) for card in cards_by_id(promoted(query))
    ]
    return first, list(by_id.values())


def _bare(card: Card) -> Result:
    """The words do not find it, so nothing in it is marked."""
    return Result(card, ((card.title, False),), (), ())


def page_number(parameters: QueryDict) -> int:
    text = parameters.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if not 1 <= number <= LAST_PAGE:
        raise Http404
    return number


def without(parameters: QueryDict, names: Iterable[str]) -> str:
    """The same search, from the first page, without these parameters."""
    kept = parameters.copy()
    for name in (*names, "page"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}"


def did_you_mean_url(hits: Hits) -> str:
    if not hits.did_you_mean:
        return ""
    return f"{reverse('catalogue:search')}?{_encoded({'q': hits.did_you_mean})}"


def sort_links(parameters: QueryDict) -> list[tuple[str, str, bool]]:
    """(order, address, is it the one now?); without words there is nothing to match best."""
    now, offered, links = _sort(parameters), list(SORTS), []
    if not parameters.get("q", "").strip():
        offered.remove("relevance")
        now = "newest" if now == "relevance" else now
    for sort in offered:
        changed = parameters.copy()
        changed.pop("page", None)
        changed["sort"] = sort
        links.append((sort, f"?{changed.urlencode()}", sort == now))
    return links


def _sort(parameters: QueryDict) -> str:
    sort = parameters.get("sort", "relevance")
    if sort not in SORTS:
        raise Http404
    return sort


def _ways_on(query: Query) -> dict[str, Any]:
    """Where nothing was found: what the whole library has, and its subjects."""
    elsewhere = 0
    if query.filters:
        elsewhere = index.search(replace(query, filters={}, limit=1, offset=0)).total
    return {"elsewhere": elsewhere, "doors": shelves.subjects()}


def _result(hit: Hit, card: Card, text: str) -> Result:
    is_cut = len(hit.moments) >= MOMENTS_SHOWN
    return Result(
        card=card,
        title=hit.title_highlight or ((card.title, False),),
        snippet=hit.snippet_highlight,
        moments=tuple(
            MomentLink(
                start_ms=moment.start_ms,
                clock=clock(moment.start_ms),
                url=f"{card.url}?t={moment.start_ms // 1000}",
                text=moment.highlight or ((moment.text, False),),
            )
            for moment in hit.moments[:MOMENTS_SHOWN]
        ),
        inside_url=search_url(card.url, text) if text and is_cut else "",
    )


def _pages(total: int, number: int) -> Page[int]:
    """Numbers only: the rows themselves come from the engine."""
    reachable = min(total, LAST_PAGE * PAGE_SIZE)
    return Page([], number, Paginator(range(reachable), PAGE_SIZE))


def _page_query(parameters: QueryDict) -> str:
    kept = parameters.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


def _changed(parameters: QueryDict, *, keep: tuple[str, ...]) -> str:
    return f"?{_encoded({name: parameters.get(name, '') for name in keep})}"


def _encoded(values: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update(values)
    return query.urlencode()
