from __future__ import annotations

import pytest

from search.elasticsearch import client
from search.elasticsearch.labels import Labels
from search.elasticsearch.names import Names
from search.facets import FacetLabel
from search.index import Engine
from tests.search.clips import MATHS, clip

pytestmark = pytest.mark.elasticsearch
TOAN = ("subject", "toan")


def read(labels: Labels, *codes: tuple[str, str]) -> dict[tuple[str, str], FacetLabel]:
    return labels.named(client.reading(), Names("public").live, codes)


def test_names_are_read_once_and_again_after_a_write(elasticsearch: Engine) -> None:
    elasticsearch.put(clip(1, "A", subject=MATHS))
    labels = Labels()
    assert read(labels, TOAN)[TOAN].name == "Toán"
    elasticsearch.drop()
    assert read(labels, TOAN)[TOAN].name == "Toán"
    elasticsearch.rebuild([])
    labels.forget()
    assert read(labels, TOAN) == {}


def test_a_code_that_nothing_carries_has_no_name(elasticsearch: Engine) -> None:
    assert read(Labels(), ("subject", "none"), ("unit", "ở" * 9_000)) == {}
    assert read(Labels()) == {}
