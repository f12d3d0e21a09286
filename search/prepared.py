"""Small tables that every page reads anew: their question is put into SQL once.

Of what the ORM takes for them four fifths are for making the same SQL again, half a
millisecond of a page of ten.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import QuerySet

Row = TypeVar("Row")


def prepared(question: Callable[[], QuerySet[Any, Row]]) -> Callable[[], list[Row]]:
    """Reads the rows, as tuples that come from the database unchanged: a boolean may be 0 or 1."""

    @cache
    def sql() -> tuple[str, tuple[Any, ...]]:
        return question().query.sql_with_params()

    def rows() -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(*sql())
            return cast("list[Row]", cursor.fetchall())

    return rows
