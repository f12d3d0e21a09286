from __future__ import annotations

import pytest

from search.documents import Label
from search.facets import FacetLabel, labels_of, length_of
from tests.search.clips import DONG_XOAI, HUNG_VUONG, PROVINCE, clip

TEN = Label("10", "Lớp 10")
AT_HUNG_VUONG = (PROVINCE, DONG_XOAI, HUNG_VUONG)


@pytest.mark.parametrize(
    ("duration_ms", "length"),
    [
        (0, ""),
        (-5, ""),
        (1, "short"),
        (299_999, "short"),
        (300_000, "medium"),
        (1_199_999, "medium"),
        (1_200_000, "long"),
    ],
)
def test_the_bounds_of_the_lengths(duration_ms: int, length: str) -> None:
    assert length_of(duration_ms) == length


def test_labels_of_a_record_come_once_and_units_know_what_is_above() -> None:
    record = clip(1, "A", grades=(TEN, TEN), units=AT_HUNG_VUONG, speakers=("", "Lan"))
    assert labels_of(record) == (
        FacetLabel("grade", "10", "Lớp 10"),
        FacetLabel("speaker", "Lan", "Lan"),
        FacetLabel("unit", "tinh-doan", PROVINCE.name),
        FacetLabel("unit", "dong-xoai", DONG_XOAI.name, "tinh-doan"),
        FacetLabel("unit", "hung-vuong", HUNG_VUONG.name, "dong-xoai"),
    )
