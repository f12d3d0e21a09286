from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from search.documents import Label
from search.embedded.terms import (
    columns_of,
    in_a_row,
    names_of,
    terms_of,
)
from search.text import tokens
from tests.search.clips import (
    DONG_XOAI,
    HUNG_VUONG,
    MATHS,
    PROVINCE,
    clip,
    cue,
)


def test_the_terms_of_a_record() -> None:
    record = clip(1, "Toán vui", description="Đố", captions=(cue(1, "học Toan"),))
    record = replace(record, subject=MATHS)
    assert terms_of(record) == {
        *("toan", "vui", "do", "hoc"),
        *("=toan_2", "=đố_2".replace("ố", "ô"), "=hoc_5"),
        *("^toan", "^vui"),
        *("toan=vui", "hoc=toan"),
        "_toan",
    }


def test_neighbours_stand_in_one_text() -> None:
    terms = terms_of(clip(1, "Một hai", captions=(cue(1, "ba bốn"), cue(2, "năm"))))
    assert {term for term in terms if "=" in term[1:]} == {"mot=hai", "ba=bon"}
    assert in_a_row(tokens("Một hai ba")) == "mot=hai hai=ba"
    assert in_a_row(tokens("Một")) == "mot"


def test_the_columns_of_a_record() -> None:
    record = clip(
        7,
        "Lý thuyết",
        subject=MATHS,
        speakers=("Hoà",),
        views=-3,
        published_at=datetime(2021, 9, 5, tzinfo=UTC),
    )
    columns = columns_of(record)
    assert columns["title_folded"] == " li thuyet "
    assert columns["title_keys"] == " li_2 thuyêt_2 "
    assert columns["names_folded"] == " toan | hoa "
    assert columns["names_keys"] == " toan_2 | hoa_1 "
    assert columns["description_folded"] == ""
    assert (columns["clip"], columns["views"]) == (7, 0)
    assert columns["published"] == 1_630_800_000


def test_the_name_of_the_root_is_on_no_clip_but_its_own() -> None:
    below = clip(1, "A", units=(PROVINCE, DONG_XOAI, HUNG_VUONG))
    assert names_of(below) == (DONG_XOAI.name, HUNG_VUONG.name)
    assert names_of(clip(2, "B", units=(PROVINCE,))) == (PROVINCE.name,)


def test_everything_a_clip_is_filed_under_is_searched() -> None:
    record = clip(
        1,
        "A",
        kind=Label("lecture", "Bài giảng"),
        series=Label("s", "Ôn thi"),
        grades=(Label("10", "Lớp 10"),),
        skills=(Label("k", "Giao tiếp"),),
        speakers=("Lan",),
    )
    assert set(names_of(record)) == {
        *("Bài giảng", "Ôn thi", "Lớp 10", "Giao tiếp", "Lan")
    }
