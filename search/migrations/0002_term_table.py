"""The full-text table of the embedded engine, in the words of each database.

It has no foreign key: a referenced table could not be truncated by Django's flush.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# ascii takes everything beyond ASCII as letters, so a term is never cut up again.
SQLITE = (
    """CREATE VIRTUAL TABLE search_terms USING fts5(
        terms, detail=none, tokenize="ascii tokenchars '^=_'"
    )""",
)
POSTGRESQL = (
    """CREATE TABLE search_terms (
        document_id bigint PRIMARY KEY, terms tsvector NOT NULL
    )""",
    "CREATE INDEX search_terms_gin ON search_terms USING gin (terms)",
)


def create(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE search_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_embedded_tables")]

    operations = [migrations.RunPython(create, drop)]
