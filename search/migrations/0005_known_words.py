"""The words that an index knows: what a misspelling may have been meant to be."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_school_abbreviations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Word",
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
                ("folded", models.TextField()),
                ("initial", models.CharField(max_length=1)),
                ("letters", models.PositiveSmallIntegerField()),
                (
                    "generation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="search.generation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["generation", "initial", "letters"],
                        name="search_words_alike",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("generation", "folded"), name="search_word_once"
                    )
                ],
            },
        ),
    ]
