"""What becomes of a record: one document for the clip, one for each of its labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, chain
from typing import Any

from search.completing import KINDS
from search.documents import Record
from search.embedded.terms import names_of
from search.facets import FACETS, SPEAKER, FacetLabel
from search.queries import MOST_WORDS
from search.text import Form, forms, readable
from search.weights import lift

Document = dict[str, Any]
_LONGEST_LINE = 500


def clip_id(record_id: int) -> str:
    return f"clip-{record_id}"


def label_id(facet: str, code: str) -> str:
    """Codes may be longer than an id can be."""
    return f"label-{blake2b(f'{facet}|{code}'.encode(), digest_size=20).hexdigest()}"


def gone(record_id: int) -> Document:
    return {"what": "gone", "clip": record_id}


def clip_document(record: Record, labels: Iterable[FacetLabel]) -> Document:
    title, description = forms(record.title), forms(record.description)
    names = [_forms_of_name(name) for name in names_of(record)]
    spoken = [forms(cue.text) for cue in record.captions]
    speech = [folded(words) for words in spoken]
    everything = [*chain(title, description, *names, *spoken)]
    published = record.published_at
    return {
        "what": "clip",
        "clip": record.id,
        "shown": {
            "title": readable(record.title),
            "description": readable(record.description),
        },
        "words": " ".join({word.folded for word in everything}),
        "keys": " ".join({word.key for word in everything if word.marked}),
        "title": folded(title),
        "title_line": line(title)[:_LONGEST_LINE],
        "title_begins": _beginnings(title),
        "title_keys": keys(title),
        "names": [folded(name) for name in names],
        "names_keys": [keys(name) for name in names],
        "description": folded(description),
        "description_keys": keys(description),
        "neighbours": speech,
        "captions": [
            {
                "start_ms": max(cue.start_ms, 0),
                "end_ms": max(cue.end_ms, 0),
                "text": readable(cue.text),
                "words": words,
            }
            for cue, words in zip(record.captions, speech, strict=True)
        ],
        "facets": _facets(labels),
        "published": int(published.timestamp()) if published else 0,
        "views": max(record.views, 0),
        "lift": lift(record),
    }


def label_documents(labels: Iterable[FacetLabel]) -> Iterator[tuple[str, Document]]:
    """By id, what they are called: a page shows names, and typing completes them."""
    for label in labels:
        kind = KINDS.index(label.facet) if label.facet in KINDS else len(KINDS)
        yield (
            label_id(label.facet, label.code),
            {
                "what": "label",
                "shown": label._asdict(),
                "label": {
                    "facet": label.facet,
                    "order": kind * 100_000 + min(len(label.name), 99_999),
                    "words": folded(forms(label.name)),
                },
            },
        )


def folded(words: Sequence[Form]) -> str:
    return " ".join([word.folded for word in words])


def keys(words: Sequence[Form]) -> str:
    return " ".join([word.key for word in words])


def line(words: Sequence[Form]) -> str:
    """The words with a space after each: what a title is, or begins with."""
    return "".join([f"{word.folded} " for word in words])


def _beginnings(words: Sequence[Form]) -> list[str]:
    """The line of its first word, of its first two, and so on."""
    return list(accumulate(f"{word.folded} " for word in words[:MOST_WORDS]))


@lru_cache(maxsize=5_000)
def _forms_of_name(name: str) -> list[Form]:
    """Names of subjects, units and series come again with every clip."""
    return forms(name)


def _facets(labels: Iterable[FacetLabel]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {facet: [] for facet in (*FACETS, SPEAKER)}
    for label in labels:
        codes[label.facet].append(label.code)
    return {facet: found for facet, found in codes.items() if found}
