from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0005_lifted_steps")]

    operations = [
        migrations.AddField(
            model_name="reviewtaskstate",
            name="is_carried",
            field=models.BooleanField(default=False),
        ),
    ]
