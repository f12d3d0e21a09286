"""What a search answers: ranked hits, facet counts, moments; text as spans, never HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# A text cut into (piece, does it match?); the pieces joined are the text as shown.
Spans = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A caption that answers: play from `start_ms`."""

    start_ms: int
    end_ms: int
    text: str
    highlight: Spans = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One clip found; `id` is the record's."""

    id: int
    score: float
    title_highlight: Spans
    snippet_highlight: Spans = ()
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many hits carry a label; `parent` is the code of the unit above, "" elsewhere."""

    code: str
    name: str
    count: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits in the engine's order; `total` counts all of them, not this page."""

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    did_you_mean: str | None = None
    decoded: bool = False  # the words were keystrokes, read as `did_you_mean` says
    typos: bool = False  # nothing had the words as typed: these have some a letter away
    any_word: bool = False  # nothing had all words: these have some of them
    # What any word would find, where nothing has all and the engine has seen it by the
    # way; for the attempts that follow, no part of the answer.
    partly: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion in its own spelling: `kind` is "clip" or the facet that `code` belongs to."""

    kind: str
    code: str
    text: str
    highlight: Spans = ()
