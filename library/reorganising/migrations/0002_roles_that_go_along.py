"""Whether holders of roles at units that end get them at the unit that follows."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reorganising", "0001_reorganisation")]

    operations = [
        migrations.AddField(
            model_name="reorganisation",
            name="carries_roles",
            field=models.BooleanField(
                default=False,
                help_text=(
                    "Contributors and curators of a unit that is merged or goes on "
                    "under another code get the same role at the unit that follows, "
                    "from that day on; administrators where that unit is newly founded."
                ),
                verbose_name="People keep their roles at the unit that follows",
            ),
        ),
    ]
