"""Mails tell of withdrawals and reported problems too, not of reviews alone."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0008_notices_without_a_review")]

    operations = [
        migrations.AlterField(
            model_name="mailchoice",
            name="when",
            field=models.CharField(
                choices=[
                    ("at_once", "At once"),
                    ("daily", "Once a day, all in one mail"),
                    ("never", "Not by mail: I read them in the inbox"),
                ],
                default="at_once",
                help_text=(
                    "A clip of yours that was sent back or rejected is always told at "
                    "once."
                ),
                max_length=10,
                verbose_name="Mails about clips",
            ),
        ),
    ]
