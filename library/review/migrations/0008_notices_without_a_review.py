"""Notices of problems and withdrawals belong to no step of a review."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0007_inbox")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="step",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="review.reviewtaskstate",
            ),
        ),
    ]
