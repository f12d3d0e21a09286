"""Every engine understands what was meant: abbreviations at once, the rest after no hit."""

from __future__ import annotations

import pytest

from search.documents import Label
from search.index import Engine, ask
from search.models import Synonym
from search.queries import Query
from search.text import normalise
from tests.search.clips import HUNG_VUONG, PROVINCE, clip, cue
from tests.search.contract.asking import fill, found

CIVICS = Label("gdcd", "Giáo dục công dân")
HISTORY = Label("lich-su", "Lịch sử")


# --- synonyms ---------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["gdcd", "GDCD", "gdcd 10"])
def test_an_abbreviation_finds_what_it_stands_for(engine: Engine, typed: str) -> None:
    ten = (Label("10", "Lớp 10"),)
    fill(
        engine,
        clip(1, "Quyền trẻ em", subject=CIVICS, grades=ten),
        clip(2, "Công dân số", description="Giáo dục con người", grades=ten),
    )
    assert found(engine, typed) == [1]


def test_what_it_stands_for_must_stand_in_a_row(engine: Engine) -> None:
    fill(
        engine,
        clip(1, "Dân công và giáo dục"),
        clip(2, "Bài", captions=(cue(1, "giáo dục"), cue(3, "công dân"))),
        clip(3, "Bài", captions=(cue(1, "môn giáo dục công dân"),)),
    )
    assert found(engine, "gdcd") == [3]


def test_a_long_form_finds_the_short_one_where_that_goes_both_ways(
    engine: Engine,
) -> None:
    fill(engine, clip(1, "Ôn thi THPT"), clip(2, "Ôn thi k10"))
    assert found(engine, "ôn thi trung hoc pho thong") == [1]
    assert found(engine, "khối 10") == []


def test_each_meaning_of_an_abbreviation_is_found(engine: Engine) -> None:
    fill(
        engine, clip(1, "Khối 10"), clip(2, "Lớp 10"), clip(3, "K10"), clip(4, "10 lớp")
    )
    assert set(found(engine, "k10")) == {1, 2, 3}


def test_an_editors_row_works_at_once_and_stops_at_once(engine: Engine) -> None:
    fill(engine, clip(1, "Bí thư Đoàn trường"))
    assert found(engine, "btdt") == []
    row = Synonym.objects.create(words="btđt", means="bí thư đoàn trường")
    assert found(engine, "btdt") == found(engine, "btđt") == [1]
    row.delete()
    assert found(engine, "btdt") == []


def test_the_word_itself_comes_before_what_stands_for_it(engine: Engine) -> None:
    fill(engine, clip(2, "Trung học phổ thông"), clip(1, "THPT"))
    assert found(engine, "thpt") == [1, 2]


def test_what_a_short_name_stands_for_lifts_it(engine: Engine) -> None:
    fill(
        engine,
        clip(1, "Sử dụng máy tính", description="Lớp 12"),
        clip(2, "Kháng chiến", subject=HISTORY, description="Lớp 12"),
        clip(3, "Lịch sử Đảng", description="Lớp 12"),
    )
    assert found(engine, "su 12")[0] == 3


def test_a_synonym_is_highlighted_and_answers_with_its_moment(engine: Engine) -> None:
    fill(
        engine,
        clip(
            1, "Luật an toàn giao thông", captions=(cue(7, "An toàn giao thông là gì"),)
        ),
    )
    (hit,) = ask(engine, Query("atgt")).hits
    assert hit.title_highlight == (("Luật ", False), ("an toàn giao thông", True))
    assert [moment.start_ms for moment in hit.moments] == [7000]


# --- after no hit -----------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["toans hocj", "Toans Hocj", "toasn hojc", "toan1 hoc5", "toans hoc"]
)
def test_raw_telex_and_vni_are_understood(engine: Engine, typed: str) -> None:
    fill(engine, clip(1, "Toán học vui"), clip(2, "Toàn cảnh"))
    hits = ask(engine, Query(typed))
    assert [hit.id for hit in hits.hits] == [1]
    assert normalise(hits.did_you_mean or "") == "toán học"


def test_marks_that_keys_stood_for_are_never_other_marks(engine: Engine) -> None:
    titles = ("Toàn cảnh", "Toàn văn", "Toang", "Học")
    fill(engine, *(clip(pk, title) for pk, title in enumerate(titles, 1)))
    engine.put(clip(9, "Học về toán"))
    hits = ask(engine, Query("toans hocj"))
    assert [hit.id for hit in hits.hits] == [9]
    assert normalise(hits.did_you_mean or "") == "toán học"


def test_keys_that_are_a_word_of_the_catalogue_are_that_word(engine: Engine) -> None:
    fill(engine, clip(1, "Test nhanh"), clip(2, "Bánh tét"))
    assert found(engine, "test") == [1]


def test_keys_are_not_decoded_where_one_result_is_no_syllable(engine: Engine) -> None:
    fill(engine, clip(1, "Học hello"), clip(2, "Toán"))
    assert found(engine, "hocj hello") == [1]  # any word
    assert ask(engine, Query("hocj hello")).did_you_mean != "học hello"


def test_a_grade_typed_onto_its_word_is_understood(engine: Engine) -> None:
    fill(engine, clip(1, "Toán lớp 12"), clip(2, "Toán lớp 11"))
    assert found(engine, "toan12") == [1]
    assert found(engine, "toan lop11") == [2]


@pytest.mark.parametrize("code", ["k10", "H2SO4", "toan12", "2021a"])
def test_mixed_codes_are_found_as_they_are(engine: Engine, code: str) -> None:
    fill(engine, clip(1, f"Bài {code}"), clip(2, "Toán 12"), clip(3, "Lớp 9"))
    assert found(engine, code)[0] == 1


@pytest.mark.parametrize(
    "typed",
    [
        "truong hoc",
        "truongg hoc",
        "troung hoc",
        "trung hoc",
        "truyong hoc",
        "trướng hóc",
    ],
)
def test_one_typo_in_a_longer_word_is_forgiven(engine: Engine, typed: str) -> None:
    fill(engine, clip(1, "Trường học"), clip(2, "Bệnh viện"))
    assert found(engine, typed) == [1]


@pytest.mark.parametrize("typed", ["toanf", "tian", "tpán", "ruongr", "trruongg"])
def test_short_words_first_letters_and_two_typos_are_not_forgiven(
    engine: Engine, typed: str
) -> None:
    fill(engine, clip(1, "Toon"), clip(2, "Trương"))
    assert found(engine, typed) == []


def test_typos_are_never_forgiven_before_there_is_no_hit(engine: Engine) -> None:
    fill(engine, clip(1, "Trường học"), clip(2, "Trượng học"), clip(3, "Trườngg học"))
    assert set(found(engine, "truong hoc")) == {1, 2}
    assert found(engine, "truongg hoc") == [3]


def test_the_answer_says_which_step_it_came_by(engine: Engine) -> None:
    fill(engine, clip(1, "Trường học"))
    for typed, step in {
        "truong hoc": (False, False, False),
        "truowngf hocj": (True, False, False),
        "truongg hoc": (False, True, False),
        "truong zzzz": (False, False, True),
        "zz": (False, False, False),
    }.items():
        hits = ask(engine, Query(typed))
        assert (hits.decoded, hits.typos, hits.any_word) == step, typed


def test_at_last_any_word_suffices_and_most_words_come_first(engine: Engine) -> None:
    fill(
        engine,
        clip(1, "Quang hợp ở cây", views=9),
        clip(2, "Hợp đồng lao động", views=900_000),
        clip(3, "Đàn tranh"),
    )
    assert found(engine, "quang hop zzzz") == [1, 2]


def test_one_word_that_nobody_knows_finds_nothing(engine: Engine) -> None:
    fill(engine, clip(1, "Quang hợp"))
    assert found(engine, "zzzz") == found(engine, "zz yy") == []


def test_filters_hold_in_every_attempt(engine: Engine) -> None:
    fill(
        engine,
        clip(1, "Trường học", units=(PROVINCE, HUNG_VUONG)),
        clip(2, "Trường học"),
    )
    for typed in ("truongg hoc", "truowngf hocj", "truong zzzz"):
        assert found(engine, typed, unit=("hung-vuong",)) == [1], typed
        assert found(engine, typed, unit=("nobody",)) == [], typed


def test_every_page_is_of_the_same_attempt(engine: Engine) -> None:
    fill(engine, *(clip(pk, "Trường học") for pk in range(1, 6)))
    pages = [ask(engine, Query("truongg", offset=at, limit=2)) for at in (0, 2, 4, 6)]
    assert [[hit.id for hit in page.hits] for page in pages] == [
        [5, 4],
        [3, 2],
        [1],
        [],
    ]
    assert {page.total for page in pages} == {5}
