"""Rows that the blocks stand for now."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0010_fill_blocks"),
    ]

    operations = [
        migrations.DeleteModel(name="DocumentLabel"),
        migrations.RemoveField(model_name="filing", name="what"),
        migrations.RemoveField(model_name="filing", name="place"),
        migrations.RemoveField(model_name="filing", name="series"),
    ]
