"""The one door of the search: the engines that the settings choose, behind plain functions.

With a search server there are two: the server's, and the embedded one, which is kept as
well and answers when the server does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from typing import Protocol, TypeVar, cast
from uuid import uuid4

from django.conf import settings
from django.utils.module_loading import import_string

from search.breaker import Breaker
from search.documents import Record
from search.errors import SearchError, SearchUnavailableError
from search.forgiving import forgiven
from search.proposals import Catalogue, proposed
from search.queries import Query
from search.questions import Question, attempts
from search.results import Hit, Hits, Moment, Suggestion
from search.text import Token, fold, tokens

Answer = TypeVar("Answer")
# Read anew for each engine: a record that was read ahead would come back old.
Records = Callable[[], Iterable[Record]]
# The catalogue's spellings, to be asked about these words.
Spelt = Callable[[tuple[Token, ...]], Catalogue]

server = Breaker()


class Engine(Protocol):
    """What every engine does; tests/search/contract/ says it in detail."""

    name: str

    def put(self, record: Record) -> None: ...

    def remove(self, record_id: int) -> None: ...

    def withhold(self, record_id: int) -> None:
        """Part of the caller's transaction: from then on it is not found any more."""

    def release(self, record_id: int) -> None:
        """It is public again; it is found as it was, until it is put as it is."""

    def find(self, question: Question) -> Hits: ...

    def find_each(
        self, questions: Sequence[Question], partly: Sequence[Hit] = (), /
    ) -> Iterator[Hits]:
        """The same for several, of which the first that finds something is wanted;
        `partly` is what `find` has seen of the one for any word."""

    def suggest(self, prefix: str, limit: int) -> tuple[Suggestion, ...]: ...

    def spellings(self, words: Sequence[Token]) -> Catalogue:
        """What is in the index now, to be asked about these words above all."""

    def moments(self, record_id: int, query: Query) -> tuple[Moment, ...]: ...

    def rebuild(self, records: Iterable[Record]) -> int: ...

    def ready(self) -> None:
        """Raises SearchUnavailableError where it cannot answer."""

    def check(self) -> None: ...

    def drop(self) -> None: ...


def engine() -> Engine:
    """The engine named by the setting SEARCH_ENGINE."""
    return _engine(settings.SEARCH_ENGINE)


def fallback() -> Engine | None:
    """The engine that answers when that one does not, if there is one."""
    return _engine(settings.SEARCH_FALLBACK) if settings.SEARCH_FALLBACK else None


def put(record: Record) -> None:
    """Let it be found as it is now; a record that is not public is removed. Safe to repeat.

    Raises SearchUnavailableError where the server does not take it; try again later.
    """
    _write(lambda one: one.put(record))


def remove(record_id: int) -> None:
    """Let it not be found any more. Safe to repeat; raises what `put` raises."""
    _write(lambda one: one.remove(record_id))


def withhold(record_id: int) -> None:
    """Let it not be found from the end of this transaction on, be the server there or not."""
    for one in _engines():
        one.withhold(record_id)


def release(record_id: int) -> None:
    """Take that back, in the transaction that makes it public again."""
    for one in _engines():
        one.release(record_id)


def search(query: Query) -> Hits:
    """The page of hits a student gets. Never raises for what somebody typed."""
    return _answer(lambda one: ask(one, query))


def ask(one: Engine, query: Query) -> Hits:
    """Attempt after attempt at the query until one finds something.

    Where nothing does, the answer is that of the first: nothing, with the facets chosen.
    What was meant is asked for only where the words as they were typed found nothing.
    """
    first: Hits | None = None
    catalogue = cache(one.spellings)
    for question, hits in _tried(one, query, catalogue):
        if hits.total and first is None:
            return hits
        if hits.total:
            meant = _meant(catalogue, query, question.meant)
            return replace(
                hits,
                did_you_mean=meant,
                decoded=question.meant is not None,
                typos=question.typos,
                any_word=question.any_word,
            )
        first = first or hits
    meant = _meant(catalogue, query)
    return replace(first or Hits(), did_you_mean=meant, partly=())


def _tried(
    one: Engine, query: Query, catalogue: Spelt
) -> Iterator[tuple[Question, Hits]]:
    """The attempts with what each finds; the last resorts are one request to a server."""
    last_resorts: list[Question] = []
    partly: Sequence[Hit] = ()
    for question in attempts(query):
        if question.any_word:
            last_resorts.append(question)
        elif question.typos:
            meant = forgiven(question, catalogue(query.words))
            # What no typo changes found nothing before.
            last_resorts += [meant] if meant != question else []
        else:
            hits = one.find(question)
            partly = partly if question.meant else hits.partly
            yield question, hits
    yield from zip(last_resorts, one.find_each(last_resorts, partly), strict=True)


def _meant(
    catalogue: Spelt,
    query: Query,
    decoded: str | None = None,
) -> str | None:
    """In the spelling of the catalogue where it has the words; never what was typed."""
    words = replace(query, text=decoded).words if decoded else query.words
    meant = proposed(words, catalogue(words))
    if decoded:
        return meant if meant and _says(meant, decoded) else decoded
    return meant if meant and fold(meant) != fold(query.text) else None


def _says(spelt: str, decoded: str) -> bool:
    """The same words; a mark that is there is kept, one that is not may be added."""
    these, those = tokens(spelt), tokens(decoded)
    return fold(spelt) == fold(decoded) and all(
        # A key ends with its tone, if it has one: nguyên may be nguyễn, toán is not toàn.
        not word.marked or f"{one.key}_".startswith(f"{word.key}_")
        for one, word in zip(these, those, strict=True)
    )


def suggest(prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
    """Completions of what is being typed: series, subjects, units, speakers, titles."""
    return _answer(lambda one: one.suggest(prefix, limit))


def moments(record_id: int, query: Query) -> tuple[Moment, ...]:
    """Where in one clip the words are said, all moments in the order of time."""
    return _answer(lambda one: one.moments(record_id, query))


def rebuild(records: Records) -> int:
    """A new index from all records beside the live one, then the swap; says how many.

    Searches go on meanwhile, what is put or removed meanwhile is kept, and where the
    records end in an error the live index stays as it is.
    """
    return max(one.rebuild(records()) for one in _engines())


def build(records: Records) -> int:
    """The same for the server alone, which may have lost its index."""
    return engine().rebuild(records())


def ready() -> None:
    """Raises SearchUnavailableError where the server cannot answer, NotBuiltError among them."""
    engine().ready()


def check() -> None:
    """Write, find and remove a record that the public cannot find, or raise SearchError."""
    second = fallback()
    if second is not None:
        second.check()
    try:
        engine().check()
        engine().ready()
    except SearchError as error:
        meanwhile = " The embedded index answers meanwhile." if second else ""
        raise type(error)(f"{error}.{meanwhile}") from error


@contextmanager
def scratch() -> Iterator[Engine]:
    """An empty index of the configured engine, for trying things; dropped at the end."""
    made = import_string(settings.SEARCH_ENGINE)(f"scratch-{uuid4().hex[:12]}")
    one = cast(Engine, made)
    try:
        yield one
    finally:
        one.drop()


def _engines() -> Iterator[Engine]:
    """The one that is part of the database's transactions first."""
    second = fallback()
    if second is not None:
        yield second
    yield engine()


def _answer(question: Callable[[Engine], Answer]) -> Answer:
    second = fallback()
    if second is None:
        return question(engine())
    if server.allows():
        try:
            answer = question(engine())
        except SearchUnavailableError as error:
            server.failed(error)
        else:
            server.worked()
            return answer
    return question(second)


def _write(change: Callable[[Engine], None]) -> None:
    second = fallback()
    if second is None:
        change(engine())
        return
    change(second)
    if not server.allows():
        raise SearchUnavailableError("the search server did not answer lately")
    try:
        change(engine())
    except SearchUnavailableError as error:
        server.failed(error)
        raise
    server.worked()


@lru_cache(maxsize=4)
def _engine(path: str) -> Engine:
    return cast(Engine, import_string(path)())
