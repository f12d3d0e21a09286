"""The report of what was sought in vain: who reads it, its pages, its buttons, its files."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from library.clips import records
from library.sought.models import SHOWN_FROM, Outcome, Settled, Unanswered
from library.units.models import Role
from search import index
from tests.cast import Cast, member, person, signed_in
from tests.library.clips import factories

WEEK = datetime.date(2026, 11, 23)


@pytest.fixture
def question(cast: Cast) -> Unanswered:
    return sought("đạo hàm")


@pytest.fixture
def head(cast: Cast) -> User:
    user = person("ha")
    member(user, cast.province, Role.ADMIN)
    return user


def sought(words: str, times: int = 5) -> Unanswered:
    return Unanswered.objects.create(week=WEEK, key=words, words=words, times=times)


def test_superusers_and_the_provinces_administrators_read_it(
    cast: Cast, question: Unanswered, head: User
) -> None:
    school = person("admin-a")
    member(school, cast.school_a, Role.ADMIN)
    for user, answer in (
        (cast.an, 200),
        (head, 200),
        (school, 404),
        (cast.minh, 404),
        (cast.lan, 404),
    ):
        client = signed_in(user)
        for name in ("sought:report", "sought:report_results"):
            assert client.get(reverse(name)).status_code == answer
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (reverse("sought:report") in page) is (answer == 200)
        assert "search-terms" not in page


@pytest.mark.parametrize("act", ["done", "ignore", "reopen"])
def test_only_who_may_read_it_decides(
    cast: Cast, question: Unanswered, head: User, act: str
) -> None:
    address = reverse(f"sought:{act}", args=[question.pk])
    assert signed_in(cast.minh).post(address).status_code == 404
    assert not Settled.objects.exists()
    assert signed_in(head).get(address).status_code == 405
    for back, to in (
        ("/admin/sought/?p=1", "/admin/sought/?p=1"),
        ("https://example.org/", reverse("sought:report")),
    ):
        answer = signed_in(head).post(address, {"next": back})
        assert answer.headers["Location"] == to


def test_what_is_settled_leaves_the_list_and_can_be_brought_back(
    head: User, question: Unanswered
) -> None:
    client, report = signed_in(head), reverse("sought:report")

    def listed(state: str = "") -> bool:
        page = client.get(report, {"state": state} if state else {})
        return "đạo hàm" in page.content.decode()

    assert listed()
    client.post(reverse("sought:done", args=[question.pk]))
    client.get(report)  # says that it is done
    assert (listed(), listed(Outcome.DONE), listed(Outcome.IGNORED)) == (
        False,
        True,
        False,
    )
    client.post(reverse("sought:reopen", args=[question.pk]))
    client.get(report)
    assert listed()
    assert not Settled.objects.exists()


def test_what_was_sought_rarely_is_told_to_nobody(head: User) -> None:
    rare = sought("tên của một bạn", times=2)
    client = signed_in(head)
    page = client.get(reverse("sought:report")).content.decode()
    assert "tên của một bạn" not in page
    answer = client.post(reverse("sought:done", args=[rare.pk]))
    assert answer.status_code == 404


def test_a_long_list_has_pages_and_odd_choices_break_nothing(head: User) -> None:
    for number in range(60):
        sought(f"từ {number:02}")
    client, report = signed_in(head), reverse("sought:report")
    assert "p=2" in client.get(report).content.decode()
    assert len(client.get(report, {"p": "2"}).context["object_list"]) == 10
    for query in ({"week": "x"}, {"state": "x"}, {"week": "2026-02-30"}, {"p": "x"}):
        assert client.get(report, query).status_code in {200, 404}


def test_what_it_lists_can_be_downloaded(head: User, question: Unanswered) -> None:
    client, report = signed_in(head), reverse("sought:report")
    answer = client.get(report, {"export": "xlsx"})
    book = io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(book).active
    rows = list(sheet.values)
    assert rows[1][1:] == ("đạo hàm", 5)


def test_what_is_sought_in_vain_is_found_once_an_editor_says_what_it_means(
    cast: Cast, head: User
) -> None:
    clip = factories.live(cast.school_a, cast.lan, title="Khoa học tự nhiên")
    index.put(records.record_of(clip))
    student = Client(headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14)"})

    def searches() -> str:
        page = student.get(reverse("catalogue:search"), {"q": "xyzt"})
        return page.content.decode()

    for _ in range(SHOWN_FROM):
        assert clip.slug not in searches()
    editor = signed_in(head)
    (row,) = editor.get(reverse("sought:report")).context["object_list"]
    assert (row.words, row.times) == ("xyzt", SHOWN_FROM)
    form = editor.get(row.synonym_url).context["form"]
    filled_in = {"words": form["words"].value(), "means": "khoa học tự nhiên"}
    assert editor.post(reverse("synonyms:add"), filled_in).status_code == 302
    assert clip.slug in searches()
    assert Unanswered.objects.get().times == SHOWN_FROM
