"""Short questions to an engine."""

from __future__ import annotations

from search.documents import Record
from search.index import Engine, ask
from search.queries import Query
from search.results import Hits


def fill(engine: Engine, *records: Record) -> None:
    for record in records:
        engine.put(record)


def found(engine: Engine, text: str, **filters: tuple[str, ...]) -> list[int]:
    return [hit.id for hit in ask(engine, Query(text, filters)).hits]


def titles(hits: Hits) -> list[str]:
    return ["".join(piece for piece, _ in hit.title_highlight) for hit in hits.hits]
