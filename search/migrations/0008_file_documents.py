"""A narrow row for each document that is there, so that nothing need be built anew."""

from __future__ import annotations

from collections import defaultdict

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 500
FILED_BY = {
    **dict.fromkeys(("subject", "grade", "skill", "kind"), "what"),
    **dict.fromkeys(("unit", "licence", "captions", "length"), "place"),
    "series": "series",
}


def file_documents(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    document = apps.get_model("search", "Document")
    filing = apps.get_model("search", "Filing")
    carried = apps.get_model("search", "DocumentLabel")
    ids = list(document.objects.filter(gone=False).values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        labels = defaultdict(lambda: defaultdict(list))
        rows = carried.objects.filter(
            document__in=batch, label__facet__in=FILED_BY
        ).values_list("document", "label", "label__facet")
        for pk, label, facet in rows.order_by("label"):
            labels[pk][FILED_BY[facet]].append(str(label))
        filing.objects.bulk_create(
            filing(
                document=row,
                generation_id=row.generation_id,
                clip=row.clip,
                published=row.published,
                views=row.views,
                lift=row.lift,
                **{name: ",".join(known) for name, known in labels[row.pk].items()},
            )
            for row in document.objects.filter(pk__in=batch)
        )


class Migration(migrations.Migration):
    dependencies = [("search", "0007_filings")]

    operations = [migrations.RunPython(file_documents, migrations.RunPython.noop)]
