"""On PostgreSQL, terms are looked for in their index however many documents hold them.

The planner reads the whole table for a frequent term: it counts the pages of the table,
and not those where the terms themselves lie, which take twenty times as long.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CREATE = """
    CREATE FUNCTION search_holding(wanted tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE SET enable_seqscan = off
    AS 'SELECT document_id FROM search_terms WHERE terms @@ wanted'
"""


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION search_holding(tsquery)")


class Migration(migrations.Migration):
    dependencies = [("search", "0011_without_document_labels")]

    operations = [migrations.RunPython(create, drop)]
