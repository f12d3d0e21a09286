from __future__ import annotations

from search.documents import Cue
from search.embedded.models import Document
from search.embedded.moments import MOST_A_CLIP, moments
from search.index import Engine
from search.queries import Query
from search.questions import as_typed
from tests.search.clips import clip, cue


def said(engine: Engine, typed: str, *captions: Cue) -> list[int]:
    engine.put(clip(1, "Bài", captions=captions))
    document = Document.objects.get(clip=1).pk
    found = moments([document], as_typed(Query(typed))).get(document, ())
    return [moment.start_ms // 1000 for moment in found]


def test_cues_with_fewer_words_are_left_out(engine: Engine) -> None:
    captions = (cue(1, "hàm số"), cue(2, "đạo hàm của hàm số"), cue(3, "đạo đức"))
    assert said(engine, "đạo hàm", *captions) == [2]


def test_a_cue_with_less_than_half_of_the_words_is_no_answer(engine: Engine) -> None:
    assert said(engine, "công thức đạo hàm", cue(1, "hàm số")) == []
    assert said(engine, "công thức đạo hàm", cue(1, "đạo hàm số")) == [1]


def test_words_in_a_row_come_before_the_same_words_apart(engine: Engine) -> None:
    apart = [cue(second, "hàm thì đạo") for second in range(MOST_A_CLIP)]
    assert said(engine, "đạo hàm", *apart, cue(90, "đạo hàm"))[-1] == 90


def test_only_a_few_moments_of_a_clip_are_shown(engine: Engine) -> None:
    captions = [cue(second, "đạo hàm") for second in range(10)]
    assert said(engine, "dao ham", *captions) == [0, 1, 2]


def test_nothing_asked_is_nothing_answered(engine: Engine) -> None:
    assert said(engine, "", cue(1, "đạo hàm")) == []
    assert moments([], as_typed(Query("đạo hàm"))) == {}
