"""The errors that leave the search.

SearchError
├── BadQueryError            the question cannot be asked; a programming error or a forged URL
│   ├── UnknownFacetError
│   └── UnknownSortError
├── RebuildOvertakenError    another rebuild began; this one gave up, the live index is untouched
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


class RebuildOvertakenError(SearchError):
    """Another rebuild began; this one gave up."""


class IndexCheckError(SearchError):
    """What was written to the index was not found in it, or not removed."""
