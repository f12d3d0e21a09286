"""What typed words stand for."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_term_table")]

    operations = [
        migrations.CreateModel(
            name="Synonym",
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
                    "words",
                    models.CharField(
                        help_text="A word, an abbreviation or a phrase: thpt, k10, anh văn.",
                        max_length=80,
                        verbose_name="what is typed",
                    ),
                ),
                (
                    "means",
                    models.CharField(
                        help_text="With all marks: trung học phổ thông, khối 10, tiếng Anh.",
                        max_length=80,
                        verbose_name="also finds",
                    ),
                ),
                (
                    "both_ways",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever types the second then also finds the first.",
                        verbose_name="the other way round too",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ["words", "means"],
            },
        ),
        migrations.AddConstraint(
            model_name="synonym",
            constraint=models.UniqueConstraint(
                fields=["words", "means"],
                name="search_synonym_once",
                violation_error_message="This synonym is there already.",
            ),
        ),
    ]
