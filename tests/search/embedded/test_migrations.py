"""An index that an older release filled is, after `migrate`, as the engine writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

from search.embedded.engine import EmbeddedEngine
from search.embedded.models import Block, Filing, Label, Word
from tests.search.clips import (
    DONG_XOAI,
    HUNG_VUONG,
    LE_LOI,
    MATHS,
    PHYSICS,
    PROVINCE,
    clip,
)
from tests.search.embedded.test_blocks import read

BEFORE_BLOCKS = ("search", "0008_file_documents")


@contextmanager
def gone_back(to: tuple[str, str]) -> Iterator[StateApps]:
    """The models of then; in the end the tables are those of today, whatever happens."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("search")
    try:
        yield MigrationExecutor(connection).migrate([to]).apps
    finally:
        MigrationExecutor(connection).migrate(newest)


def told() -> dict[str, Any]:
    """What was not in the older tables."""
    return {
        "blocks": {
            (row.label, row.number): read(row.positions) for row in Block.objects.all()
        },
        "filed": dict(Filing.objects.values_list("clip", "labels")),
        "labels": dict(Label.objects.values_list("pk", "documents")),
        "words": dict(Word.objects.values_list("folded", "documents")),
    }


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_blocks_and_counters_are_filled_from_older_rows() -> None:
    engine = EmbeddedEngine()
    above = (PROVINCE, DONG_XOAI)
    engine.put(clip(1, "Phương trình bậc hai", subject=MATHS, units=(*above, LE_LOI)))
    engine.put(clip(2, "Định luật Ôm", subject=PHYSICS, units=(*above, HUNG_VUONG)))
    engine.put(clip(3, "Hệ phương trình", subject=MATHS, speakers=("Cô Lan",)))
    before = told()
    labels = Filing.objects.values_list("pk", "labels")
    carried = [(pk, int(label)) for pk, ids in labels for label in ids.split(",")]
    with gone_back(BEFORE_BLOCKS) as apps:
        rows = apps.get_model("search", "DocumentLabel").objects
        for pk, label in carried:
            rows.create(document_id=pk, label_id=label)
    assert told() == before
    assert before["words"]["phuong"] == 2
