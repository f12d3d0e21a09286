"""The one place where SQLite and PostgreSQL differ: a table of each document's terms.

SQLite has it as FTS5, PostgreSQL as a tsvector under GIN. Both hold a plain set of terms
that `terms` made, nothing is parsed, stemmed or unaccented by the database, and a query
is built of terms alone: letters and digits, so no syntax of the engine is ever typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection
from django.db.models.expressions import RawSQL

from search.embedded.terms import Terms

# Alternatives of terms (those between spaces go together); all, or with `any_suffices`
# one, of the outer ones must be met.
Wanted = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Syntax:
    """How a database writes that terms go together or instead of each other."""

    quote: str
    quote_after_prefix: str
    every: str
    either: str
    any_suffices: bool = False

    def expression(self, wanted: Wanted, *, last_is_prefix: bool = False) -> str:
        groups = []
        for number, alternatives in enumerate(wanted, start=1):
            is_prefix = last_is_prefix and number == len(wanted)
            end = self.quote_after_prefix if is_prefix else self.quote
            terms = [self._together(one, end) for one in alternatives]
            groups.append(f"({self.either.join(terms)})")
        return (self.either if self.any_suffices else self.every).join(groups)

    def _together(self, terms: str, end: str) -> str:
        quoted = [f"{self.quote}{term}{end}" for term in terms.split(" ")]
        return quoted[0] if len(quoted) == 1 else f"({self.every.join(quoted)})"


class Vendor(Protocol):
    """What the rest of the engine needs from the database."""

    position: str
    greatest: str  # of two numbers
    between: str  # what follows `matching` where only some ids are wanted

    def store(self, rows: Iterable[tuple[int, Terms]]) -> None: ...

    def stored(self, document_ids: Sequence[int]) -> list[Terms]: ...

    def forget(self, document_ids: Sequence[int]) -> None: ...

    def among(self, document_ids: Sequence[int]) -> RawSQL:
        """These ids: one parameter, however many they are."""

    def matching(
        self,
        wanted: Wanted,
        *,
        last_is_prefix: bool = False,
        any_suffices: bool = False,
    ) -> RawSQL: ...


class SQLite:
    """FTS5 without positions (detail=none): neighbours are weighed by `ranking`."""

    position = "INSTR"
    greatest = "MAX"
    between = " AND rowid BETWEEN %s AND %s"

    def store(self, rows: Iterable[tuple[int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT OR REPLACE INTO search_terms (rowid, terms) VALUES (%s, %s)",
                [(pk, " ".join(sorted(terms))) for pk, terms in rows],
            )

    def stored(self, document_ids: Sequence[int]) -> list[Terms]:
        return [
            frozenset(terms.split(" "))
            for terms in _column(
                "SELECT terms FROM search_terms WHERE rowid IN"
                " (SELECT value FROM json_each(%s))",
                [json.dumps(document_ids)],
            )
        ]

    def forget(self, document_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM search_terms WHERE rowid = %s",
                [(pk,) for pk in document_ids],
            )

    def among(self, document_ids: Sequence[int]) -> RawSQL:
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(document_ids)])

    def matching(
        self,
        wanted: Wanted,
        *,
        last_is_prefix: bool = False,
        any_suffices: bool = False,
    ) -> RawSQL:
        syntax = Syntax('"', '"*', " AND ", " OR ", any_suffices=any_suffices)
        match = syntax.expression(wanted, last_is_prefix=last_is_prefix)
        return RawSQL(
            "SELECT rowid FROM search_terms WHERE search_terms MATCH %s", [match]
        )


class PostgreSQL:
    """A tsvector made from an array of terms, without positions or a configuration."""

    position = "STRPOS"
    greatest = "GREATEST"
    between = " WHERE document_id BETWEEN %s AND %s"

    def store(self, rows: Iterable[tuple[int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_terms (document_id, terms)"
                " VALUES (%s, array_to_tsvector(%s::text[]))"
                " ON CONFLICT (document_id) DO UPDATE SET terms = EXCLUDED.terms",
                [(pk, sorted(terms)) for pk, terms in rows],
            )

    def stored(self, document_ids: Sequence[int]) -> list[Terms]:
        return [
            frozenset(terms)
            for terms in _column(
                "SELECT tsvector_to_array(terms) FROM search_terms"
                " WHERE document_id = ANY(%s)",
                [list(document_ids)],
            )
        ]

    def forget(self, document_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM search_terms WHERE document_id = ANY(%s)",
                [list(document_ids)],
            )

    def among(self, document_ids: Sequence[int]) -> RawSQL:
        return RawSQL("SELECT unnest(%s::bigint[])", [list(document_ids)])

    def matching(
        self,
        wanted: Wanted,
        *,
        last_is_prefix: bool = False,
        any_suffices: bool = False,
    ) -> RawSQL:
        syntax = Syntax("'", "':*", " & ", " | ", any_suffices=any_suffices)
        match = syntax.expression(wanted, last_is_prefix=last_is_prefix)
        return RawSQL(
            "SELECT document_id FROM search_holding(%s::tsquery) AS held (document_id)",
            [match],
        )


_VENDORS: dict[str, Vendor] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def vendor() -> Vendor:
    """The vendor of the default database; others are refused by the app's check."""
    return _VENDORS[connection.vendor]


def holders(
    wanted: Wanted, first: int, last: int, *, any_suffices: bool = False
) -> list[int]:
    """The ids from `first` to `last` of the documents that hold these terms."""
    here = vendor()
    match = here.matching(wanted, any_suffices=any_suffices)
    return _column(f"{match.sql}{here.between}", [*match.params, first, last])


def _column(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [value for (value,) in cursor.fetchall()]
