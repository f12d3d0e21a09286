"""Views of clips by the day."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clips", "0002_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyViews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField(default=0)),
                (
                    "clip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clips.clippage",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day"], name="viewing_dai_day_0102c2_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clip", "day"), name="a_clip_once_a_day"
                    )
                ],
            },
        ),
    ]
