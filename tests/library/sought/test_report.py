"""Rows of the report: the week by its number and days, links that fill in forms."""

from __future__ import annotations

import datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import translation

from library.sought import report
from library.sought.models import Unanswered
from tests.cast import Cast, signed_in

WEEKS = [datetime.date(2026, 11, 23), datetime.date(2026, 12, 28)]


def test_a_week_is_named_as_iso_8601_counts() -> None:
    with translation.override("vi"):
        assert report.week_name(WEEKS[0]) == "Tuần 48, 23/11 – 29/11/2026"
        assert report.week_name(WEEKS[1]) == "Tuần 53, 28/12 – 03/01/2027"


@pytest.mark.django_db
def test_only_weeks_with_something_to_show_can_be_chosen() -> None:
    Unanswered.objects.create(week=WEEKS[0], key="a b", words="a b", times=3)
    Unanswered.objects.create(week=WEEKS[0], key="a c", words="a c", times=4)
    Unanswered.objects.create(week=WEEKS[1], key="a b", words="a b", times=2)
    assert [code for code, _ in report.week_choices()] == ["2026-11-23"]


def test_links_carry_the_words_whatever_they_are(cast: Cast) -> None:
    words = "đạo & hàm + 10%"
    question = Unanswered.objects.create(week=WEEKS[0], key="k", words=words, times=3)
    (row,) = report.rows([question])
    for url, name, field in (
        (row.search_url, "q", ""),
        (row.promote_url, "words", "query_string"),
        (row.synonym_url, "words", "words"),
    ):
        assert parse_qs(urlsplit(url).query) == {name: [words]}
        if field:
            form = signed_in(cast.an).get(url).context["form"]
            assert form[field].value() == words


def questions() -> list[Unanswered]:
    return [
        Unanswered.objects.create(week=week, key=key, words=key, times=times)
        for week, key, times in (
            (WEEKS[0], "moi cu", 3),
            (WEEKS[1], "moi nhat", 3),
            (WEEKS[1], "hay tim", 9),
            (WEEKS[1], "hiem", 2),
        )
    ]


def test_the_newest_week_comes_first_and_in_it_what_was_sought_most(cast: Cast) -> None:
    questions()
    client = signed_in(cast.an)
    listed = client.get(reverse("sought:report")).context["object_list"]
    assert [row.words for row in listed] == ["hay tim", "moi nhat", "moi cu"]
    week = client.get(reverse("sought:report"), {"week": WEEKS[0].isoformat()})
    assert [row.words for row in week.context["object_list"]] == ["moi cu"]
