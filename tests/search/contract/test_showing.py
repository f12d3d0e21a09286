"""Every engine shows the original spelling, as spans, with the moment."""

from __future__ import annotations

from search.index import Engine, ask
from search.queries import Query
from tests.search.clips import clip, cue
from tests.search.contract.asking import fill


def test_highlights_are_spans_of_the_original_spelling(engine: Engine) -> None:
    fill(engine, clip(1, "Về <b>Hoà bình</b> & trẻ em", description="Yêu hòa bình."))
    hit = ask(engine, Query("hoa binh")).hits[0]
    assert hit.title_highlight == (
        ("Về <b>", False),
        ("Hoà bình", True),
        ("</b> & trẻ em", False),
    )
    assert hit.snippet_highlight == (("Yêu ", False), ("hòa bình", True), (".", False))


def test_a_caption_answers_with_its_moment(engine: Engine) -> None:
    captions = (
        cue(0, "Xin chào các em"),
        cue(151, "Đạo hàm là gì?"),
        cue(160, "hàm số thì khác"),
        cue(170, "Nhắc lại: đạo hàm"),
    )
    fill(engine, clip(1, "Giải tích", captions=captions), clip(2, "Đạo hàm"))
    hits = {hit.id: hit for hit in ask(engine, Query("dao ham")).hits}
    assert [m.start_ms for m in hits[1].moments] == [151_000, 170_000]
    assert hits[1].moments[0].end_ms == 153_000
    assert hits[1].moments[0].highlight == (("Đạo hàm", True), (" là gì?", False))
    assert hits[2].moments == ()
