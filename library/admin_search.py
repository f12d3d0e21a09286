"""Wagtail's own search, in which `duong` finds đường: folded where rows come in and where
questions come in, by the one normalisation, whatever the database's own search does.

It finds rows for the admin's lists and choosers; who may see them is decided there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.encoding import force_str
from modelsearch.backends import database
from modelsearch.backends.base import BaseIndex
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText

from search.text import fold


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - Wagtail asks for this name
    """The backend of the database at hand, with both its doors folded."""
    plain: Any = type(database.SearchBackend(params))
    return _folding(plain)(params)


@cache
def _folding(plain: Any) -> Any:
    if (
        plain.index_class is BaseIndex
    ):  # it reads the tables themselves: nothing to fold
        return plain
    index = type("FoldedIndex", (FoldedRows, plain.index_class), {})
    return type("FoldedBackend", (FoldedQuestions, plain), {"index_class": index})


class FoldedRows(BaseIndex):
    """An index that is given rows without marks."""

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        super().add_items(model, [FoldedRow(item) for item in items])


class FoldedQuestions:
    """A backend that is asked without marks."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(folded_question(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(folded_question(query), *args, **kwargs)  # type: ignore[misc]


def folded_question(query: Any) -> Any:
    """The same question without marks; one of signs alone finds nothing."""
    match query:
        case str():
            return fold(query)
        case PlainText() | Phrase() | Fuzzy():
            return _folded_words(query)
        case And() | Or():
            return type(query)([folded_question(part) for part in query.subqueries])
        case Not():
            return Not(folded_question(query.subquery))
        case Boost():
            return Boost(folded_question(query.subquery), query.boost)
    return query


def _folded_words(query: Any) -> Any:
    words = fold(query.query_string)
    if not words:
        return MATCH_NONE
    match query:
        case PlainText():
            return PlainText(words, operator=query.operator, boost=query.boost)
        case Fuzzy():
            return Fuzzy(words, operator=query.operator)
    return Phrase(words)


class FoldedRow:
    """A row as an index sees it: its number, and its fields, which give folded text."""

    def __init__(self, row: Any) -> None:
        self.row = row
        self.pk = row.pk

    def get_search_fields(self) -> list[Any]:
        return [_folded_field(field) for field in self.row.get_search_fields()]


class _Folded:
    def get_value(self, row: Any) -> Any:
        return _folded_value(super().get_value(_real(row)))  # type: ignore[misc]


class FoldedSearchField(_Folded, SearchField):
    pass


class FoldedAutocompleteField(_Folded, AutocompleteField):
    pass


class FoldedRelatedFields(RelatedFields):
    def get_value(self, row: Any) -> Any:
        return super().get_value(_real(row))


def _folded_field(field: Any) -> Any:
    match field:
        case SearchField():
            return FoldedSearchField(field.field_name, field.boost, **field.kwargs)
        case AutocompleteField():
            return FoldedAutocompleteField(field.field_name, **field.kwargs)
        case RelatedFields():
            return FoldedRelatedFields(
                field.field_name, [_folded_field(part) for part in field.fields]
            )
    return field


def _real(row: Any) -> Any:
    return row.row if isinstance(row, FoldedRow) else row


def _folded_value(value: Any) -> Any:
    match value:
        case None:
            return ""
        case list() | tuple():
            return [_folded_value(part) for part in value]
        case dict():
            return {name: _folded_value(part) for name, part in value.items()}
    return fold(force_str(value))


class FoldedSearch:
    """For the lists of small tables that no index knows, such as people's accounts:
    each word asked for must stand somewhere in the columns that are searched."""

    search_fields: Iterable[str] | None
    search_query: str
    is_searching: bool

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        words = fold(self.search_query).split()
        rows = queryset.order_by().values_list("pk", *(self.search_fields or ()))
        found = [pk for pk, *columns in rows if hold(columns, words)]
        return queryset.filter(pk__in=found)


def hold(columns: Iterable[object], words: list[str]) -> bool:
    """Whether each of the folded words stands somewhere in these; without words, nothing
    does."""
    text = fold(" ".join(map(str, columns)))
    return bool(words) and all(word in text for word in words)
