"""Wagtail's log, where every act is written down, only ever grows."""

from __future__ import annotations

from django.db import migrations

from library.audit.append_only import append_only

# Wagtail empties the first when a kind of page or row is given up with its code.
FORGETTABLE = ("content_type_id",)


class Migration(migrations.Migration):
    dependencies = [("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]

    operations = [
        append_only("wagtailcore_pagelogentry", but=FORGETTABLE),
        append_only("wagtailcore_modellogentry", but=FORGETTABLE),
    ]
