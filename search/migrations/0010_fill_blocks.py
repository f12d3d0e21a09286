"""What there is of an index in the new form, so that nothing need be built anew."""

from __future__ import annotations

import struct
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 500
SIZE = 1 << 16
EVERY = 0
TERMS = {
    "sqlite": "SELECT terms FROM search_terms WHERE rowid IN ({})",
    "postgresql": "SELECT array_to_string(tsvector_to_array(terms), ' ')"
    " FROM search_terms WHERE document_id IN ({})",
}


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for generation in apps.get_model("search", "Generation").objects.all():
        blocks: defaultdict[tuple[int, int], int] = defaultdict(int)
        labels: Counter[int] = Counter()
        words: Counter[str] = Counter()
        for ids in batches(apps, generation.pk):
            words.update(words_of(schema_editor, ids))
            for pk, carried in label_documents(apps, ids).items():
                labels.update(label for label, _ in carried)
                number, position = divmod(pk, SIZE)
                counted = [label for label, facet in carried if facet != "speaker"]
                for label in (EVERY, *counted):
                    blocks[label, number] |= 1 << position
        store(apps, generation.pk, blocks)
        count(apps, generation.pk, labels, words)


def batches(apps: StateApps, generation: int) -> Iterator[list[int]]:
    filing = apps.get_model("search", "Filing")
    rows = filing.objects.filter(generation=generation).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def words_of(schema_editor: BaseDatabaseSchemaEditor, ids: list[int]) -> Iterator[str]:
    connection = schema_editor.connection
    sql = TERMS[connection.vendor].format(",".join(map(str, ids)))
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for (terms,) in cursor.fetchall():
            yield from (term for term in terms.split(" ") if term.isalpha())


def label_documents(
    apps: StateApps, ids: list[int]
) -> dict[int, list[tuple[int, str]]]:
    """By document its labels, with their facets; the filings are given them on the way."""
    filing = apps.get_model("search", "Filing")
    carried = apps.get_model("search", "DocumentLabel")
    found: dict[int, list[tuple[int, str]]] = {pk: [] for pk in ids}
    rows = carried.objects.filter(document__in=ids).order_by("label")
    for pk, label, facet in rows.values_list("document", "label", "label__facet"):
        found[pk].append((label, facet))
    filed = list(filing.objects.filter(pk__in=ids))
    for row in filed:
        row.labels = ",".join(str(label) for label, _ in found[row.pk])
    filing.objects.bulk_update(filed, ["labels"])
    return found


def store(apps: StateApps, generation: int, blocks: dict[tuple[int, int], int]) -> None:
    block = apps.get_model("search", "Block")
    block.objects.bulk_create(
        block(
            generation_id=generation,
            label=label,
            number=number,
            positions=packed(bits),
        )
        for (label, number), bits in blocks.items()
    )


def packed(bits: int) -> bytes:
    if bits.bit_count() * 2 >= SIZE // 8:
        return bits.to_bytes(SIZE // 8, "little")
    digits = format(bits, "b")[::-1]
    listed = [position for position, digit in enumerate(digits) if digit == "1"]
    return struct.pack(f"<{len(listed)}H", *listed)


def count(
    apps: StateApps, generation: int, labels: Counter[int], words: Counter[str]
) -> None:
    for name, counted, key in (("Label", labels, "pk"), ("Word", words, "folded")):
        rows = apps.get_model("search", name).objects.filter(generation=generation)
        changed = list(rows)
        for row in changed:
            row.documents = counted[getattr(row, key)]
        rows.bulk_update(changed, ["documents"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("search", "0009_blocks")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
