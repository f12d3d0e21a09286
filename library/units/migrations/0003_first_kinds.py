"""Units that were there before kinds had dates: each was of its kind from its birth."""

from __future__ import annotations

from django.db import migrations
from django.db.models import Min


def write(apps, schema_editor):
    UnitPage = apps.get_model("units", "UnitPage")
    UnitKindSpell = apps.get_model("units", "UnitKindSpell")
    units = UnitPage.objects.filter(kinds=None).annotate(
        born=Min("parents__valid_from")
    )
    UnitKindSpell.objects.bulk_create(
        UnitKindSpell(unit_id=pk, kind_id=kind, valid_from=born)
        for pk, kind, born in units.values_list("pk", "kind_id", "born")
        if born
    )


class Migration(migrations.Migration):
    dependencies = [("units", "0002_units_over_time")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
