from __future__ import annotations

import pytest

from search.completing import MOST
from search.documents import Label
from search.index import Engine
from tests.search.clips import CHEMISTRY, clip

pytestmark = pytest.mark.elasticsearch


def test_what_begins_like_this_comes_before_what_holds_it(
    elasticsearch: Engine,
) -> None:
    for pk, title in enumerate(("Bài hàm số", "Hàm và số", "Hàm số", "Số hàm"), 1):
        elasticsearch.put(clip(pk, title))
    assert [s.code for s in elasticsearch.suggest("ham so", 9)] == ["3", "1", "4", "2"]


def test_a_label_no_clip_carries_any_more_is_not_suggested(
    elasticsearch: Engine,
) -> None:
    elasticsearch.put(clip(1, "A", subject=CHEMISTRY))
    assert [s.code for s in elasticsearch.suggest("hoa", 9)] == [CHEMISTRY.code]
    elasticsearch.put(clip(1, "A"))
    assert elasticsearch.suggest("hoa", 9) == ()


def test_no_more_than_a_screenful_is_ever_suggested(elasticsearch: Engine) -> None:
    elasticsearch.rebuild(clip(pk, f"Bài {pk}") for pk in range(MOST + 5))
    assert len(elasticsearch.suggest("bai", 10_000)) == MOST
    assert elasticsearch.suggest("bai", -1) == ()


def test_a_subject_is_seen_among_hundreds_of_speakers(elasticsearch: Engine) -> None:
    elasticsearch.rebuild(
        clip(pk, "A", speakers=(f"Thầy {pk}",), skills=(Label("t", "Thể thao"),))
        for pk in range(200)
    )
    assert elasticsearch.suggest("th", 1)[0].text == "Thể thao"


def test_a_word_longer_than_the_indexed_beginnings_is_completed(
    elasticsearch: Engine,
) -> None:
    elasticsearch.put(clip(1, "Deoxyribonucleotide"))
    assert [s.code for s in elasticsearch.suggest("deoxyribonucleoti", 5)] == ["1"]
