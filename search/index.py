"""The one door of the search: the engine that the settings choose, behind plain functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Protocol, cast
from uuid import uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from search.documents import Record
from search.queries import Query
from search.questions import Question, attempts
from search.results import Hits, Moment, Suggestion
from search.text import fold


class Engine(Protocol):
    """What every engine does; tests/search/contract/ says it in detail."""

    name: str

    def put(self, record: Record) -> None: ...

    def remove(self, record_id: int) -> None: ...

    def find(self, question: Question) -> Hits: ...

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]: ...

    def did_you_mean(self, query: Query) -> str | None: ...

    def moments(self, record_id: int, query: Query) -> tuple[Moment, ...]: ...

    def rebuild(self, records: Iterable[Record]) -> int: ...

    def check(self) -> None: ...

    def drop(self) -> None: ...


def engine() -> Engine:
    """The engine named by the setting SEARCH_ENGINE."""
    return _engine(settings.SEARCH_ENGINE)


def put(record: Record) -> None:
    """Let it be found as it is now; a record that is not public is removed. Safe to repeat."""
    engine().put(record)


def remove(record_id: int) -> None:
    """Let it not be found any more. Safe to repeat."""
    engine().remove(record_id)


def search(query: Query) -> Hits:
    """The page of hits a student gets. Never raises for what somebody typed."""
    return ask(engine(), query)


def ask(one: Engine, query: Query) -> Hits:
    """Attempt after attempt at the query until one finds something.

    Where nothing does, the answer is that of the first: nothing, with the facets chosen.
    What was meant is asked for only where the words as they were typed found nothing.
    """
    first: Hits | None = None
    for question in attempts(query):
        hits = one.find(question)
        if hits.total and first is None:
            return hits
        if hits.total:
            meant = _meant(one, query, question.meant)
            return replace(hits, did_you_mean=meant, any_word=question.any_word)
        first = first or hits
    return replace(first or Hits(), did_you_mean=_meant(one, query))


def _meant(one: Engine, query: Query, decoded: str | None = None) -> str | None:
    """In the spelling of the catalogue where it has the words; never what was typed."""
    if decoded:
        return one.did_you_mean(replace(query, text=decoded)) or decoded
    proposed = one.did_you_mean(query)
    return proposed if proposed and fold(proposed) != fold(query.text) else None


def suggest(prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """Completions of what is being typed: series, subjects, units, speakers, titles."""
    return engine().suggest(prefix, limit)


def moments(record_id: int, query: Query) -> tuple[Moment, ...]:
    """Where in one clip the words are said, all moments in the order of time."""
    return engine().moments(record_id, query)


def rebuild(records: Iterable[Record]) -> int:
    """A new index from all records beside the live one, then the swap; says how many.

    Searches go on meanwhile, what is put or removed meanwhile is kept, and where the
    records end in an error the live index stays as it is. `records` is read lazily and
    must not be read ahead of the call: a clip changed in between would come back old.
    """
    return engine().rebuild(records)


def check() -> None:
    """Write, find and remove a record that the public cannot find, or raise IndexCheckError."""
    engine().check()


@contextmanager
def scratch() -> Iterator[Engine]:
    """An empty index of the configured engine, for trying things; dropped at the end."""
    made = import_string(settings.SEARCH_ENGINE)(f"scratch-{uuid4().hex[:12]}")
    one = cast(Engine, made)
    try:
        yield one
    finally:
        one.drop()


@lru_cache(maxsize=4)
def _engine(path: str) -> Engine:
    return cast(Engine, import_string(path)())
