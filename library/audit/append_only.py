"""Tables from which the database itself lets nothing be taken away or rewritten.

A migration names the table, the columns that may still be filled or emptied later, and
what must never become of them; whoever goes past the models meets the same rule. On
SQLite a later migration that alters the table makes it anew, without these triggers: it
has to end with `append_only` again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

PREFIX = "append_only_"


def append_only(table: str, *, but: Iterable[str] = (), never: str = "") -> RunPython:
    """The operation of a migration; `but` are columns that may change.

    `never`: in SQL that both databases know, how OLD and NEW row must not differ there.
    """

    def forbid(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in forbidding(editor.connection, table, frozenset(but), never):
            editor.execute(statement)

    def allow(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _allowing(editor.connection, table):
            editor.execute(statement)

    return RunPython(forbid, allow)


def forbidding(
    connection: BaseDatabaseWrapper, table: str, free: frozenset[str], never: str = ""
) -> Iterator[str]:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    fixed = ", ".join(f'"{row.name}"' for row in described if row.name not in free)
    acts = {"delete": ("DELETE", ""), "update": (f"UPDATE OF {fixed}", "")}
    if never:
        acts["never"] = ("UPDATE", f" WHEN ({never})")
    if connection.vendor == "postgresql":
        yield (
            f"CREATE FUNCTION {PREFIX}{table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN RAISE EXCEPTION '{table} is append-only'; END$$"
        )
    for name, (act, when) in acts.items():
        trigger = f'CREATE TRIGGER "{PREFIX}{table}_{name}" BEFORE {act} ON "{table}" '
        trigger += f"FOR EACH ROW{when}"
        if connection.vendor == "postgresql":
            yield f"{trigger} EXECUTE FUNCTION {PREFIX}{table}()"
        else:
            yield f"{trigger} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"


def _allowing(connection: BaseDatabaseWrapper, table: str) -> Iterator[str]:
    is_postgresql = connection.vendor == "postgresql"
    on = f' ON "{table}"' if is_postgresql else ""
    for name in ("delete", "update", "never"):
        yield f'DROP TRIGGER IF EXISTS "{PREFIX}{table}_{name}"{on}'
    if is_postgresql:
        yield f"DROP FUNCTION {PREFIX}{table}()"
