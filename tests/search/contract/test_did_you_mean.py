"""Every engine proposes what was meant, in proper Vietnamese, where nothing was found."""

from __future__ import annotations

import dataclasses

import pytest

from search.documents import Label
from search.index import Engine, ask
from search.queries import Query
from search.text import normalise
from tests.search.clips import CHEMISTRY, HUNG_VUONG, PROVINCE, clip
from tests.search.contract.asking import fill

RECORDS = (
    clip(1, "Đạo hàm của hàm số", subject=Label("toan", "Toán")),
    clip(2, "Phản ứng oxi hóa khử", subject=CHEMISTRY, speakers=("Cô Nguyệt",)),
    clip(3, "Truyện Kiều và Nguyễn Du", series=Label("s", "Văn học trung đại")),
    clip(4, "Kĩ năng thuyết trình", units=(PROVINCE, HUNG_VUONG)),
    clip(5, "Ngày hoà bình", description="Chuyện kể về phương trình"),
)


def meant(engine: Engine, typed: str) -> str | None:
    proposed = ask(engine, Query(typed)).did_you_mean
    return proposed if proposed is None else normalise(proposed)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    fill(engine, *RECORDS)
    return engine


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("dao hamm", "đạo hàm"),
        ("đạo hàmm", "đạo hàm"),
        ("truyenn kieu", "truyện kiều"),
        ("thuyett trinh", "thuyết trình"),
        ("ki nang thuyetr trinh", "kĩ năng thuyết trình"),
        ("hoas hocc", "hóa học"),
        ("hoaa hoc", "hóa học"),
        ("van hocc trung dai", "văn học trung đại"),
        ("hung vuongg", "hùng vương"),
        ("nguyeen du", "nguyễn du"),
        ("co nguyeet", "cô nguyệt"),
    ],
)
def test_what_was_meant_is_proposed_in_the_catalogues_own_spelling(
    filled: Engine, typed: str, proposed: str | None
) -> None:
    assert meant(filled, typed) == proposed


def test_a_title_keeps_its_own_place_of_the_tone(filled: Engine) -> None:
    assert meant(filled, "hoa binhh") == "hoà bình"


def test_words_that_never_stand_together_are_proposed_one_by_one(
    filled: Engine,
) -> None:
    assert meant(filled, "toan thuyett trinhh") == "toán thuyết trình"


@pytest.mark.parametrize("typed", ["dao ham", "Đạo hàm", "hoa hoc", "", "🙂", "ham"])
def test_nothing_is_proposed_where_something_was_found_or_asked(
    filled: Engine, typed: str
) -> None:
    assert meant(filled, typed) is None


@pytest.mark.parametrize("typed", ["zzzzz", "quangg hopp", "dao zzzzz", "x" * 300])
def test_nothing_is_proposed_where_nothing_is_near(filled: Engine, typed: str) -> None:
    assert meant(filled, typed) is None


def test_words_as_they_were_typed_are_no_proposal(filled: Engine) -> None:
    nowhere = Query("dao ham", {"unit": ("nowhere",)})
    assert ask(filled, nowhere).did_you_mean is None


def test_what_was_withdrawn_is_never_proposed(filled: Engine) -> None:
    filled.put(dataclasses.replace(RECORDS[0], public=False))
    filled.remove(3)
    assert meant(filled, "dao hamm") is None
    assert meant(filled, "truyenn kieu") is None
    assert meant(filled, "van hocc trung dai") is None
