from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0004_steps_as_rows")]

    operations = [
        migrations.AddField(
            model_name="reviewtaskstate",
            name="lift",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="reviewtaskstate",
            name="lifted_at",
            field=models.DateTimeField(null=True),
        ),
    ]
