"""The database itself keeps what was counted and what was signed."""

from __future__ import annotations

from django.db import migrations

from library.audit.append_only import append_only

# A row may lose its clip, with the clip, and be withdrawn once. One that was written in
# error may later be withdrawn at its beginning: then it never counted.
REWRITTEN = """
(NEW.clip_id IS NOT NULL AND (OLD.clip_id IS NULL OR NEW.clip_id <> OLD.clip_id))
OR (OLD.withdrawn_from IS NOT NULL AND (
    NEW.withdrawn_from IS NULL
    OR (NEW.withdrawn_from <> OLD.withdrawn_from
        AND NEW.withdrawn_from <> NEW.counted_from)
    OR (OLD.withdrawn_why <> '' AND NEW.withdrawn_why <> OLD.withdrawn_why)
))
"""
# The account of whoever signed may go.
SIGNED_BY_ANOTHER = """
NEW.frozen_by_id IS NOT NULL
AND (OLD.frozen_by_id IS NULL OR NEW.frozen_by_id <> OLD.frozen_by_id)
"""


class Migration(migrations.Migration):
    dependencies = [("contributions", "0006_ledger_sums")]

    operations = [
        append_only(
            "contributions_ledgerentry",
            but=("clip_id", "withdrawn_from", "withdrawn_why"),
            never=REWRITTEN,
        ),
        append_only("contributions_crew"),
        append_only("contributions_crewmember"),
        append_only(
            "contributions_frozenmonth", but=("frozen_by_id",), never=SIGNED_BY_ANOTHER
        ),
        append_only("contributions_frozenfigure"),
    ]
