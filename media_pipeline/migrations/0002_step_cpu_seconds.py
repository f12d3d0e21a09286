"""What each step cost: so that the report can say seconds of video per CPU second."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="steprun",
            name="cpu_s",
            field=models.FloatField(null=True),
        ),
    ]
