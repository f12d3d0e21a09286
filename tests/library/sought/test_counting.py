"""What was sought in vain is counted by the week, by people, cheaply, and forgotten."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import RequestFactory

from library.sought import counting
from library.sought.counting import sought_in_vain, sweep, week_of
from library.sought.models import SHOWN_FROM, Outcome, Settled, Unanswered
from search.queries import Query

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/143.0 Mobile"
MONDAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def saturday() -> Iterator[None]:
    with time_machine.travel("2026-11-28T03:00:00Z", tick=False):
        yield


def asks(text: str, *, method: str = "GET", **headers: str) -> None:
    sought_in_vain(visit(method, **headers), Query(text))


def visit(method: str = "GET", **headers: str) -> HttpRequest:
    sent = {"User-Agent": PHONE, **headers}
    return RequestFactory().generic(method, "/tim-kiem/", headers=sent)


def counted() -> list[tuple[datetime.date, str, str, int]]:
    return list(Unanswered.objects.values_list("week", "key", "words", "times"))


def test_the_same_question_in_other_spellings_is_one() -> None:
    for text in ("dao ham", "Đạo hàm", "DAO HAM"):
        asks(text)
    assert counted() == [(MONDAY, "dao ham", "đạo hàm", 3)]


def test_another_week_begins_on_monday_of_the_sites_own_time() -> None:
    assert week_of(datetime.date(2026, 11, 29)) == MONDAY
    assert week_of(datetime.date(2026, 11, 30)) == datetime.date(2026, 11, 30)
    for moment in ("2026-11-29T16:59:00Z", "2026-11-29T17:01:00Z"):  # midnight in Huế
        with time_machine.travel(moment, tick=False):
            asks("đạo hàm")
    assert [row[0] for row in counted()] == [MONDAY + datetime.timedelta(7), MONDAY]


def test_nothing_but_words_and_numbers_is_kept() -> None:
    asks("đạo hàm", **{"X-Forwarded-For": "203.0.113.7", "Cookie": "sessionid=geheim"})
    asks("lan@example.org")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sought_unanswered")
        columns = [column[0] for column in cursor.description]
        (row,) = cursor.fetchall()
    assert columns == ["id", "week", "key", "words", "times"]
    assert row[2:] == ("dao ham", "đạo hàm", 1)


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"User-Agent": "curl/8.1"},
        {"User-Agent": ""},
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"Referer": "https://example.org/admin/sought/?p=2"},
    ],
)
def test_robots_editors_and_pages_fetched_ahead_do_not_count(
    headers: dict[str, str],
) -> None:
    asks("đạo hàm", **headers)
    asks("đạo hàm", method="HEAD")
    assert counted() == []


def test_later_pages_and_filters_do_not_count() -> None:
    sought_in_vain(visit(), Query("đạo hàm", offset=20))
    sought_in_vain(visit(), Query("đạo hàm", filters={"grade": ("10",)}))
    assert counted() == []


def test_made_up_words_fill_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_A_WEEK", 3)
    for number in range(5):
        asks(f"từ {number}")
    asks("từ 1")
    assert sorted(row[3] for row in counted()) == [1, 1, 2]


def test_old_weeks_and_rare_questions_are_swept() -> None:
    weeks = [MONDAY - datetime.timedelta(weeks=back) for back in (0, 1, 26, 27)]
    for week in weeks:
        Unanswered.objects.create(week=week, key="hiem", words="hiếm", times=1)
        Unanswered.objects.create(
            week=week, key="nhieu", words="nhiều", times=SHOWN_FROM
        )
    for key, outcome in (("nhieu", Outcome.DONE), ("thoi", Outcome.IGNORED)):
        Settled.objects.create(key=key, outcome=outcome, week=weeks[-1])
    sweep()
    left = [(row[0], row[1]) for row in counted()]
    assert left == [(weeks[0], "nhieu"), (weeks[0], "hiem")] + [
        (week, "nhieu") for week in weeks[1:3]
    ]
    assert [one.key for one in Settled.objects.all()] == ["thoi"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_who_ask_at_once_are_all_counted() -> None:
    def ask_often() -> None:
        try:
            for _ in range(5):
                asks("đạo hàm")
        finally:
            connection.close()

    people = [threading.Thread(target=ask_often) for _ in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert [row[1] for row in counted()] == ["dao ham"]
    assert 1 <= counted()[0][3] <= 20


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_database_that_is_held_costs_the_count_and_not_the_page() -> None:
    asks("đạo hàm")
    holds, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Unanswered.objects.update(times=7)
                holds.set()
                may_go.wait(60)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    holds.wait(60)
    try:
        asks("đạo hàm")
    finally:
        may_go.set()
        other.join()
    assert counted()[0][3] == 7
    asks("đạo hàm")
    assert counted()[0][3] == 8
