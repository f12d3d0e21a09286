"""What the API answers, as plain data; openapi.py describes it, field by field."""

from __future__ import annotations

from typing import Any

from library.catalogue import linked_data
from library.catalogue.api.parameters import Asked
from library.catalogue.results import MomentLink, Result
from library.catalogue.suggestions import Door
from search.results import FacetCount, Hits, Spans


def search_answer(
    asked: Asked, hits: Hits, results: list[Result], site_url: str
) -> dict[str, Any]:
    return {
        "q": asked.query.text,
        "total": hits.total,
        "page": asked.page,
        "page_size": asked.query.limit,
        "did_you_mean": hits.did_you_mean,
        "decoded": hits.decoded,
        "typos": hits.typos,
        "any_word": hits.any_word,
        "successors": dict(asked.successors),
        "results": [_result(each, site_url) for each in results],
        "facets": {
            facet: [_value(each) for each in values]
            for facet, values in hits.facets.items()
        },
    }


def suggest_answer(typed: str, doors: list[Door], site_url: str) -> dict[str, Any]:
    return {
        "q": typed,
        "suggestions": [
            {
                "kind": door.kind,
                "code": door.code,
                "text": door.text,
                "highlight": _spans(door.highlight),
                "url": linked_data.absolute(site_url, door.url),
            }
            for door in doors
        ],
    }


def _result(result: Result, site_url: str) -> dict[str, Any]:
    card = result.card
    return {
        "id": card.clip_id,
        "title": card.title,
        "url": linked_data.absolute(site_url, card.url),
        "poster_url": linked_data.absolute(site_url, card.poster_url) or None,
        "length": card.length or None,
        "topic": card.topic,
        "unit": card.unit,
        "title_highlight": _spans(result.title),
        "snippet": _spans(result.snippet),
        "moments": [_moment(each, site_url) for each in result.moments],
    }


def _moment(moment: MomentLink, site_url: str) -> dict[str, Any]:
    return {
        "start_ms": moment.start_ms,
        "text": _spans(moment.text),
        "url": linked_data.absolute(site_url, moment.url),
    }


def _value(value: FacetCount) -> dict[str, Any]:
    return {
        "code": value.code,
        "name": str(value.name),
        "count": value.count,
        "parent": value.parent or None,
    }


def _spans(spans: Spans) -> list[dict[str, Any]]:
    return [{"text": text, "match": is_match} for text, is_match in spans]
