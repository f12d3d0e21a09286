"""What may be asked of the API: each parameter with its bounds, and its English name.

The facets have the names that the engine gives them. Here, unlike on the page, every
unknown parameter is refused: whoever writes a program wants to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import QueryDict

from library.catalogue.api.problems import ProblemError
from library.catalogue.suggestions import MOST as MOST_SUGGESTIONS
from search.facets import FACETS
from search.queries import DEEPEST_OFFSET, LARGEST_PAGE, SORTS, Query
from search.text import readable

PAGE_SIZE = 20
SUGGESTIONS = 8
MOST_VALUES = 50  # of one facet
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Asked:
    """A search as the API was asked for it."""

    query: Query
    page: int
    language: str
    # Units that ended, and what is searched in their place. A program keeps its codes for
    # years; it is answered at once, and told, rather than sent on at each question.
    successors: Mapping[str, str] = field(default_factory=dict)

    def at(self, successors: Mapping[str, str]) -> Asked:
        filters = self.query.filters
        units = tuple(successors.get(code, code) for code in filters.get("unit", ()))
        query = replace(
            self.query, filters={**filters, "unit": tuple(dict.fromkeys(units))}
        )
        return replace(self, query=query, successors=successors)


def search_of(parameters: QueryDict) -> Asked:
    _only(parameters, {"q", "page", "page_size", "sort", "lang", *FACETS})
    size = _number(parameters, "page_size", PAGE_SIZE, LARGEST_PAGE)
    page = _number(parameters, "page", 1, DEEPEST_OFFSET // size + 1)
    query = Query(
        text=parameters.get("q", ""),
        filters={facet: _values(parameters, facet) for facet in FACETS},
        limit=size,
        offset=(page - 1) * size,
        sort=_one_of(parameters, "sort", SORTS),
    )
    return Asked(query, page, _one_of(parameters, "lang", LANGUAGES))


def suggestions_of(parameters: QueryDict) -> tuple[str, int]:
    """What was typed, and how many completions are wanted."""
    _only(parameters, {"q", "limit"})
    limit = _number(parameters, "limit", SUGGESTIONS, MOST_SUGGESTIONS)
    return readable(parameters.get("q", "")), limit


def _only(parameters: QueryDict, known: set[str]) -> None:
    for name in parameters:
        if name not in known:
            names = ", ".join(sorted(known))
            raise ProblemError(name, f"There is no such parameter. There are: {names}.")


def _number(parameters: QueryDict, name: str, default: int, most: int) -> int:
    text = parameters.get(name, str(default))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if not 1 <= number <= most:
        raise ProblemError(name, f"{name} is a number from 1 to {most}.")
    return number


def _one_of(parameters: QueryDict, name: str, values: tuple[str, ...]) -> str:
    value = parameters.get(name, values[0])
    if value not in values:
        raise ProblemError(name, f"{name} is one of: {', '.join(values)}.")
    return value


def _values(parameters: QueryDict, facet: str) -> tuple[str, ...]:
    values = tuple(filter(None, parameters.getlist(facet)))
    if len(values) > MOST_VALUES:
        raise ProblemError(facet, f"{facet} takes at most {MOST_VALUES} values.")
    return values
