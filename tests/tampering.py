"""Rows that are append-only, for tests of what becomes of wrong ones.

The database refuses to rewrite them; a test that is about a ledger gone wrong lifts its
triggers for that, and the database has them again afterwards.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from django.db import DatabaseError, connection, models, transaction

from library.audit.append_only import PREFIX
from tests import databases


@contextlib.contextmanager
def rewritable(model: type[models.Model]) -> Iterator[None]:
    """Within it rows of the model can be changed and deleted, by whatever means."""
    held = _triggers(model._meta.db_table)
    _settle_constraints()
    with connection.cursor() as cursor:
        for name in held:
            cursor.execute(_drop(name, model._meta.db_table))
    yield
    _settle_constraints()
    with connection.cursor() as cursor:
        for definition in held.values():
            cursor.execute(definition)


def as_migrated(model: type[models.Model]) -> None:
    """With the trigger against deletion too, which tests on SQLite are without."""
    if connection.vendor != "sqlite":
        return
    table, known = model._meta.db_table, _triggers(model._meta.db_table)
    template = databases.migrated("library.settings")
    with contextlib.closing(sqlite3.connect(template)) as migrated:
        rows = migrated.execute(OF_SQLITE, [table, f"{PREFIX}%"]).fetchall()
    with connection.cursor() as cursor:
        for name, definition in rows:
            if name not in known:
                cursor.execute(definition)


def refused(model: type[models.Model], sql: str) -> bool:
    """Whether the database does not do it, because rows of the model are append-only;
    `sql` names the table with {}."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql.format(model._meta.db_table))
    except DatabaseError as error:
        return f"{model._meta.db_table} is append-only" in str(error)
    return False


def unprotected(model: type[models.Model]) -> set[str]:
    """Columns that may be written to, be it with what they hold."""
    columns = {str(field.column) for field in model._meta.concrete_fields}
    sql = "UPDATE {} SET "
    return {name for name in columns if not refused(model, f"{sql}{name} = {name}")}


OF_SQLITE = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? "
    "AND name LIKE ?"
)
OF_POSTGRESQL = (
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE tgrelid = %s::regclass AND tgname LIKE %s"
)


def _triggers(table: str) -> dict[str, str]:
    """By name, the SQL that makes it."""
    is_sqlite = connection.vendor == "sqlite"
    asked = OF_SQLITE.replace("?", "%s") if is_sqlite else OF_POSTGRESQL
    with connection.cursor() as cursor:
        cursor.execute(asked, [table, f"{PREFIX}%"])
        return dict(cursor.fetchall())


def _drop(name: str, table: str) -> str:
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    return f'DROP TRIGGER "{name}"{on}'


def _settle_constraints() -> None:
    """PostgreSQL alters no table with references that are still to be checked."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
