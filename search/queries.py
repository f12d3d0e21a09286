"""What a student asks: words, chosen facets, a page and an order, all within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from search.errors import UnknownFacetError, UnknownSortError
from search.facets import FACETS
from search.text import ZERO_WIDTH, Token, readable, tokens

SORTS = ("relevance", "newest", "views")
LONGEST_TEXT = 300
MOST_WORDS = 24
LARGEST_PAGE = 100
DEEPEST_OFFSET = 1_000

_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Query:
    """One question. Values of one facet widen, facets narrow; a page beyond a bound is cut to it.

    Raises UnknownFacetError and UnknownSortError; no text, however odd, raises.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NOTHING)
    limit: int = 20
    offset: int = 0
    sort: str = "relevance"

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.filters) - set(FACETS)):
            raise UnknownFacetError(f"unknown facet: {', '.join(unknown)}")
        if self.sort not in SORTS:
            raise UnknownSortError(f"unknown order: {self.sort}")
        chosen = {
            facet: tuple(readable(code) for code in codes)
            for facet, codes in self.filters.items()
            if codes
        }
        object.__setattr__(self, "text", readable(self.text)[:LONGEST_TEXT])
        object.__setattr__(self, "filters", MappingProxyType(chosen))
        object.__setattr__(self, "limit", min(max(self.limit, 1), LARGEST_PAGE))
        object.__setattr__(self, "offset", min(max(self.offset, 0), DEEPEST_OFFSET))

    @property
    def words(self) -> tuple[Token, ...]:
        """The words in order, each once (the spelling with marks is kept), no more than MOST_WORDS."""
        words: dict[str, Token] = {}
        for token in tokens(self.text):
            known = words.get(token.folded)
            if known is None or (token.marked and not known.marked):
                words[token.folded] = token
        return tuple(words.values())[:MOST_WORDS]

    @property
    def is_browsing(self) -> bool:
        """Nothing was typed: everything is wanted, newest first."""
        return not self.text.strip(ZERO_WIDTH + " \t\r\n\u00a0")
