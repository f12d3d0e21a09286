"""Clips that wait or are being encoded while this release is installed keep their place:
all new ones ask for their first rung with a priority that older rows do not have."""

from __future__ import annotations

from django.db import migrations

FIRST = 30


def raise_priority(apps, schema_editor):
    Job = apps.get_model("jobs", "Job")
    waiting = Job.objects.filter(kind="package", state__in=["queued", "running"])
    waiting.update(priority=FIRST)


class Migration(migrations.Migration):
    dependencies = [
        ("media_pipeline", "0003_build"),
        ("jobs", "0002_parts_of_a_job"),
    ]

    operations = [migrations.RunPython(raise_priority, migrations.RunPython.noop)]
