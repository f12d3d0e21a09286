from __future__ import annotations

import pytest

from search.documents import Cue
from search.embedded.moments import MOST_A_CLIP
from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import clip, cue

pytestmark = pytest.mark.elasticsearch


def said(engine: Engine, typed: str, *captions: Cue) -> list[int]:
    engine.put(clip(1, "Công thức đạo hàm thì", captions=captions))
    (hit,) = ask(engine, Query(typed)).hits
    return [moment.start_ms // 1000 for moment in hit.moments]


def test_cues_with_fewer_words_are_left_out(elasticsearch: Engine) -> None:
    captions = (cue(1, "hàm số"), cue(2, "đạo hàm của hàm số"), cue(3, "đạo đức"))
    assert said(elasticsearch, "đạo hàm", *captions) == [2]


def test_a_cue_with_less_than_half_of_the_words_is_no_answer(
    elasticsearch: Engine,
) -> None:
    assert said(elasticsearch, "công thức đạo hàm", cue(1, "hàm số")) == []
    assert said(elasticsearch, "công thức đạo hàm", cue(1, "đạo hàm số")) == [1]


def test_words_in_a_row_come_before_the_same_words_apart(elasticsearch: Engine) -> None:
    apart = [cue(second, "hàm thì đạo") for second in range(MOST_A_CLIP)]
    captions = (*apart, cue(90, "đạo hàm"))
    assert said(elasticsearch, "đạo hàm", *captions)[-1] == 90


def test_only_a_few_moments_of_a_clip_are_shown(elasticsearch: Engine) -> None:
    captions = [cue(second, "đạo hàm") for second in range(10)]
    assert said(elasticsearch, "dao ham", *captions) == [0, 1, 2]
