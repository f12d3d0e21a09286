"""What is counted and sorted by, on a narrow row beside each document."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_withheld"),
    ]

    operations = [
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="search.document",
                    ),
                ),
                ("clip", models.BigIntegerField()),
                ("published", models.BigIntegerField(default=0)),
                ("views", models.PositiveBigIntegerField(default=0)),
                ("lift", models.FloatField(default=0.0)),
                ("what", models.TextField(blank=True)),
                ("place", models.TextField(blank=True)),
                ("series", models.TextField(blank=True)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="document",
            name="search_newest",
        ),
        migrations.AddField(
            model_name="filing",
            name="generation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                to="search.generation",
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                fields=["generation", "-published", "-clip"], name="search_newest_filed"
            ),
        ),
    ]
