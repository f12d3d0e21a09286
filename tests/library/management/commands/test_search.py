from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from library.clips import records
from search import index
from tests.cast import Cast
from tests.library.catalogue.test_successors import merged
from tests.library.clips import factories


@pytest.fixture
def library(cast: Cast) -> Cast:
    for title, unit, owner in (
        ("Đường tròn", cast.school_a, cast.lan),
        ("Đường thẳng", cast.school_c, cast.bao),
    ):
        index.put(records.record_of(factories.live(unit, owner, title=title)))
    return cast


def search(*arguments: str, **more: StringIO) -> str:
    out = StringIO()
    call_command("search", *arguments, stdout=out, **more)
    return out.getvalue()


def test_it_answers_what_a_student_would_get(library: Cast) -> None:
    answer = json.loads(search("duong", "--json"))
    assert answer["total"] == 2
    assert {each["title"] for each in answer["results"]} == {
        "Đường tròn",
        "Đường thẳng",
    }
    assert answer["results"][0]["url"].startswith("http://127.0.0.1:8000/clip/duong-")


def test_it_says_by_which_step_the_answer_came(library: Cast) -> None:
    def steps(text: str) -> tuple[bool, bool]:
        answer = json.loads(search(text, "--json"))
        return answer["typos"], answer["any_word"]

    assert steps("duong") == (False, False)
    assert steps("duongg") == (True, False)
    assert steps("duong abcxyz") == (False, True)


def test_a_unit_means_everything_below_it(library: Cast) -> None:
    answer = json.loads(search("duong", "--unit", "dong-xoai", "--json"))
    assert [each["title"] for each in answer["results"]] == ["Đường tròn"]


def test_a_unit_that_ended_means_what_continues_it(library: Cast) -> None:
    merged(library.school_b, library.school_a)
    told = StringIO()
    text = search("duong", "--unit", "thpt-hung-vuong", stderr=told)
    assert "1. Đường tròn" in text
    assert told.getvalue() == "thpt-hung-vuong ended; thpt-dong-xoai continues it.\n"


def test_people_read_titles_and_addresses(library: Cast) -> None:
    text = search("duong tron", "--limit", "1")
    assert "1. Đường tròn · Đoàn trường THPT Đồng Xoài" in text


@pytest.mark.parametrize(
    "arguments", [("--unit", "khong-co"), ("--subject", "x"), ("--limit", "0")]
)
def test_an_unknown_code_or_limit_is_refused(
    library: Cast, arguments: tuple[str, str]
) -> None:
    with pytest.raises(CommandError) as refused:
        search("duong", *arguments)
    assert refused.value.returncode == 2
