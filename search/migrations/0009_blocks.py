"""Rows of bits instead of a row for each label of each document; counters of words and labels."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import search.embedded.models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_file_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="index",
            name="stamp",
            field=models.BigIntegerField(default=search.embedded.models.new_stamp),
        ),
        migrations.AddField(
            model_name="label",
            name="documents",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="word",
            name="documents",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="filing",
            name="labels",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Block",
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
                ("label", models.BigIntegerField()),
                ("number", models.BigIntegerField()),
                ("positions", models.BinaryField()),
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("generation", "number", "label"),
                        name="search_block_once",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                fields=["generation", "-views", "-published", "-clip"],
                name="search_most_viewed_filed",
            ),
        ),
        migrations.AddIndex(
            model_name="filing",
            index=models.Index(
                fields=["generation", "-lift", "-document"], name="search_best_filed"
            ),
        ),
    ]
