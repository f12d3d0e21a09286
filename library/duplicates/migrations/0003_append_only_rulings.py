"""The database itself keeps what was ruled: the ledger is recounted by it."""

from __future__ import annotations

from django.db import migrations

from library.audit.append_only import append_only

# The clips and the account of whoever ruled may go, and leave their place empty.
FORGETTABLE = ("clip_id", "other_id", "by_id")
POINTED_ELSEWHERE = " OR ".join(
    f"(NEW.{name} IS NOT NULL AND (OLD.{name} IS NULL OR NEW.{name} <> OLD.{name}))"
    for name in FORGETTABLE
)


class Migration(migrations.Migration):
    dependencies = [("duplicates", "0002_pairs")]

    operations = [
        append_only("duplicates_ruling", but=FORGETTABLE, never=POINTED_ELSEWHERE)
    ]
