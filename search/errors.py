"""The errors that leave the search.

SearchError
├── BadQueryError            the question cannot be asked; a programming error or a forged URL
│   ├── UnknownFacetError
│   └── UnknownSortError
├── BadLinesError            a file of records or queries to judge by cannot be used
├── RebuildOvertakenError    another rebuild began; this one gave up, the live index is untouched
├── SearchUnavailableError   the search server does not answer, or not as it should
│   └── NotBuiltError        it answers, but has no index yet
└── IndexCheckError          the index does not give back what was written to it
"""

from __future__ import annotations


class SearchError(Exception):
    """The root of this tree."""


class BadQueryError(SearchError, ValueError):
    """The question cannot be asked."""


class UnknownFacetError(BadQueryError):
    """There is no facet of this name."""


class UnknownSortError(BadQueryError):
    """There is no such order."""


class BadLinesError(SearchError, ValueError):
    """Lines of a file are not what they should be; says which, and why."""


class RebuildOvertakenError(SearchError):
    """Another rebuild began; this one gave up."""


class SearchUnavailableError(SearchError):
    """The search server is away for now."""


class NotBuiltError(SearchUnavailableError):
    """The search server has no index yet: it must be built first."""


class IndexCheckError(SearchError):
    """What was written to the index was not found in it, or not removed."""
