"""Clips that were published before records were kept keep the answer they were given with.

Drafts do not: their people write down who is seen before the next review.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations


def keep(apps: Any, schema_editor: Any) -> None:
    clips = apps.get_model("clips", "ClipPage").objects
    people = apps.get_model("consent", "PersonSeen").objects
    for clip in clips.filter(live=True, consent="on_file", people_seen=None):
        people.create(clip=clip, source="before")


def forget(apps: Any, schema_editor: Any) -> None:
    apps.get_model("consent", "PersonSeen").objects.filter(source="before").delete()


class Migration(migrations.Migration):
    dependencies = [("consent", "0002_people_seen")]
    operations = [migrations.RunPython(keep, forget)]
