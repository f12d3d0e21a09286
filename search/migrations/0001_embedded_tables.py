"""The tables of the embedded engine."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Generation",
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
                ("index", models.CharField(max_length=40)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Document",
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
                (
                    "generation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="search.generation",
                    ),
                ),
                ("clip", models.BigIntegerField()),
                ("gone", models.BooleanField(default=False)),
                ("published", models.BigIntegerField(default=0)),
                ("views", models.PositiveBigIntegerField(default=0)),
                ("lift", models.FloatField(default=0.0)),
                ("title_folded", models.TextField(blank=True)),
                ("title_keys", models.TextField(blank=True)),
                ("names_folded", models.TextField(blank=True)),
                ("names_keys", models.TextField(blank=True)),
                ("description_folded", models.TextField(blank=True)),
                ("description_keys", models.TextField(blank=True)),
                ("title", models.TextField(blank=True)),
                ("description", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="Index",
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
                ("name", models.CharField(max_length=40, unique=True)),
                (
                    "building",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="building_in",
                        to="search.generation",
                    ),
                ),
                (
                    "live",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="live_in",
                        to="search.generation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "indexes",
            },
        ),
        migrations.CreateModel(
            name="Label",
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
                ("facet", models.CharField(max_length=20)),
                ("code", models.TextField()),
                ("name", models.TextField()),
                ("folded", models.TextField()),
                ("parent", models.TextField(blank=True)),
                (
                    "generation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="search.generation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DocumentLabel",
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
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="search.document",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="search.label",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cue",
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
                ("start_ms", models.PositiveIntegerField()),
                ("end_ms", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("folded", models.TextField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="search.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["document", "start_ms"], name="search_document_cues"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["generation", "-published", "-clip"], name="search_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("generation", "clip"), name="search_clip_once_a_generation"
            ),
        ),
        migrations.AddConstraint(
            model_name="label",
            constraint=models.UniqueConstraint(
                fields=("generation", "facet", "code"), name="search_label_once"
            ),
        ),
        migrations.AddIndex(
            model_name="documentlabel",
            index=models.Index(
                fields=["label", "document"], name="search_label_documents"
            ),
        ),
        migrations.AddConstraint(
            model_name="documentlabel",
            constraint=models.UniqueConstraint(
                fields=("document", "label"), name="search_document_label_once"
            ),
        ),
    ]
