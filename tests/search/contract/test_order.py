"""Every engine ranks by the same rules."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from search.documents import Label
from search.index import Engine, ask
from search.models import Synonym
from search.queries import Query
from tests.search.clips import CHEMISTRY, FIRST_DAY, clip, cue
from tests.search.contract.asking import fill, found, titles


def test_marks_that_were_typed_come_first_and_the_others_after(engine: Engine) -> None:
    fill(engine, clip(1, "Toán và đời sống"), clip(2, "Toàn cảnh và đời sống"))
    assert found(engine, "toán") == [1, 2]
    assert found(engine, "toàn") == [2, 1]


def test_a_word_with_the_typed_marks_beats_a_better_place_without(
    engine: Engine,
) -> None:
    fill(
        engine,
        clip(1, "Ôn thi", description="Các đề toán năm trước"),
        clip(2, "Toàn cảnh", views=5000),
    )
    assert found(engine, "toán") == [1, 2]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_bare_marks_of_a_title_are_no_merit(
    engine: Engine, order: tuple[int, int]
) -> None:
    records = {1: "Hoa học trò", 2: "Hóa học 11"}
    for pk, title in records.items():
        subject = CHEMISTRY if pk == 2 else None
        engine.put(clip(order[pk - 1], title, subject=subject))
    assert titles(ask(engine, Query("hoa hoc"))) == ["Hóa học 11", "Hoa học trò"]


def test_without_marks_equal_titles_are_decided_by_views(engine: Engine) -> None:
    fill(engine, clip(1, "Hóa học trẻ", views=900), clip(2, "Hoa học trò", views=3))
    assert found(engine, "hoa hoc") == [1, 2]


def test_neighbouring_syllables_come_before_scattered_ones(engine: Engine) -> None:
    fill(
        engine,
        clip(1, "Quê hương Bình Phước"),
        clip(2, "Bình nước nóng và phước lành"),
    )
    assert found(engine, "binh phuoc") == [1, 2]


@pytest.mark.usefixtures("db")
def test_what_words_stand_for_takes_nothing_from_words_that_were_typed(
    engine: Engine,
) -> None:
    Synonym.objects.create(words="đúng giờ", means="kịp lúc")
    fill(
        engine,
        clip(1, "Đúng việc, lỡ giờ, kịp lúc", views=900),
        clip(2, "Đúng việc, lỡ giờ", views=3),
        clip(3, "Kịp lúc", views=90_000),
    )
    assert found(engine, "đúng giờ") == [1, 2, 3]


def test_title_then_names_then_description_then_captions(engine: Engine) -> None:
    fill(
        engine,
        clip(4, "Bài một", captions=(cue(0, "quang hợp là gì"),)),
        clip(3, "Bài hai", description="Nói về quang hợp."),
        clip(2, "Bài ba", series=Label("qh", "Quang hợp")),
        clip(1, "Quang hợp"),
    )
    assert found(engine, "quang hop") == [1, 2, 3, 4]


def test_many_captions_do_not_sink_a_clip(engine: Engine) -> None:
    talk = tuple(cue(second, "nói nhiều về chuyện khác") for second in range(300))
    fill(engine, clip(1, "Đạo hàm"), clip(2, "Đạo hàm", captions=talk))
    assert found(engine, "dao ham") == [2, 1]


def test_equals_come_newest_first_and_pages_do_not_overlap(engine: Engine) -> None:
    fill(engine, *(clip(pk, "Bài giảng") for pk in range(1, 8)))
    pages = [ask(engine, Query("bai", offset=at, limit=3)) for at in (0, 3, 6, 9)]
    assert [[hit.id for hit in page.hits] for page in pages] == [
        [7, 6, 5],
        [4, 3, 2],
        [1],
        [],
    ]
    assert {page.total for page in pages} == {7}


def test_other_orders_can_be_asked_for(engine: Engine) -> None:
    fill(engine, clip(1, "Toán", views=9), clip(2, "Ôn Toán"), clip(3, "Toán", views=4))
    for sort, expected in {"newest": [3, 2, 1], "views": [1, 3, 2]}.items():
        hits = ask(engine, Query("toan", sort=sort)).hits
        assert [hit.id for hit in hits] == expected


def test_no_text_browses_the_newest(engine: Engine) -> None:
    fill(engine, clip(1, "Một"), clip(3, "Ba"), clip(2, "Hai"))
    for blank in ("", "  \t\u200b"):
        assert found(engine, blank) == [3, 2, 1]


def test_words_that_belong_together_come_before_a_title_with_both_apart(
    engine: Engine,
) -> None:
    series = Label("s", "Về nguồn Bình Phước")
    fill(
        engine,
        clip(1, "Bình gốm và chữ phước"),
        clip(2, "Một chuyến đi", series=series),
        clip(3, "Bình Phước quê em"),
    )
    assert found(engine, "binh phuoc") == [3, 2, 1]


def test_a_subject_that_matches_comes_before_a_mention(engine: Engine) -> None:
    fill(
        engine,
        clip(1, "Bài một", subject=CHEMISTRY),
        clip(2, "Bài hai", description="Khác với hóa học.", views=100_000),
    )
    assert found(engine, "hoa hoc") == [1, 2]


def test_views_and_age_decide_gently_between_equals(engine: Engine) -> None:
    old, new = (datetime(year, 9, 5, tzinfo=UTC) for year in (2019, 2025))
    fill(
        engine,
        clip(1, "Quang hợp", views=20_000, published_at=old),
        clip(2, "Quang hợp", views=10, published_at=new),
        clip(3, "Quang hợp", views=10, published_at=old),
        clip(4, "Cây xanh", description="quang hợp", views=90_000, published_at=new),
    )
    assert found(engine, "quang hop") == [1, 2, 3, 4]


def test_a_title_with_other_marks_is_worth_less_than_the_right_subject(
    engine: Engine,
) -> None:
    fill(
        engine,
        clip(1, "Đạo hàm", subject=Label("toan", "Toán")),
        clip(2, "Toàn cảnh", captions=(cue(1, "môn toán"),)),
    )
    assert found(engine, "toán") == [1, 2]


def test_other_marks_with_much_else_come_before_a_mention_with_those_typed(
    engine: Engine,
) -> None:
    fill(
        engine,
        clip(1, "Toàn", series=Label("toan", "Toàn")),
        clip(2, "Ôn thi", captions=(cue(1, "môn toán"),)),
        clip(3, "Đề toán"),
    )
    assert found(engine, "toán") == [3, 1, 2]


def test_a_bare_word_among_marked_ones_prefers_its_own_spelling(
    engine: Engine,
) -> None:
    fill(
        engine,
        clip(1, "Hoa học trò"),
        clip(2, "Hóa học trò chuyện"),
        clip(3, "Hóa học trò chuyện", views=10**6),
        clip(4, "Hóa và học trò", views=10**6),
        clip(5, "Hoa và học trò"),
    )
    assert found(engine, "hoa học trò") == [1, 3, 2, 5, 4]


def test_without_marks_typed_every_spelling_is_worth_the_same(engine: Engine) -> None:
    same = {"views": 5, "published_at": FIRST_DAY}
    titles = ("Hoa học trò", "Hóa học trò", "Hoá hốc trò")
    fill(engine, *(clip(pk, title, **same) for pk, title in enumerate(titles, 1)))
    hits = ask(engine, Query("hoa hoc")).hits
    assert [hit.id for hit in hits] == [3, 2, 1]
    assert len({hit.score for hit in hits}) == 1
