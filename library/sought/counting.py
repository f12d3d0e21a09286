"""Counting what was sought in vain: cheaply, never in the way, and swept when it is old."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from library.sought.keeping import Words, keepable
from library.sought.models import SHOWN_FROM, Settled, Unanswered, once_more
from library.visitors import is_robot
from search.queries import Query

logger = logging.getLogger(__name__)

PATIENCE_MS = 100  # how long a page waits for a database that others write to
MOST_A_WEEK = 5_000  # different questions; whoever makes up words fills no disk
KEPT_WEEKS = 26


def sought_in_vain(request: HttpRequest, query: Query) -> None:
    """Counts a question that found nothing. Whatever goes wrong, the page goes on."""
    if not _is_first_question(query) or not _is_asked_by_somebody(request):
        return
    words = keepable(query.text)
    if words is None:
        return
    try:
        with _impatiently():
            _count(words, week_of(timezone.localdate()))
    except Error as error:
        logger.info("a question was not counted: %s", error)


def week_of(day: datetime.date) -> datetime.date:
    """The Monday of its week."""
    return day - datetime.timedelta(days=day.weekday())


def sweep(today: datetime.date | None = None) -> int:
    """What is old goes, and of past weeks what was asked too rarely to be shown."""
    now = week_of(today or timezone.localdate())
    first = now - datetime.timedelta(weeks=KEPT_WEEKS)
    old = Unanswered.objects.filter(week__lt=first)
    rare = Unanswered.objects.filter(week__lt=now, times__lt=SHOWN_FROM)
    swept = old.delete()[0] + rare.delete()[0]
    Settled.objects.filter(week__lt=first, outcome="done").delete()
    return swept


def _is_first_question(query: Query) -> bool:
    """Not a page further on, and not what filters, which are no words, left over."""
    return query.offset == 0 and not query.filters


def _is_asked_by_somebody(request: HttpRequest) -> bool:
    """Nor by an editor who looks, from the report, at what students see."""
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return (
        request.method == "GET"
        and "prefetch" not in ahead
        and "/admin/" not in request.headers.get("Referer", "")
        and not is_robot(request)
    )


def _count(words: Words, week: datetime.date) -> None:
    question = Unanswered(week=week, key=words.key, words=words.text)
    if once_more(question):
        return
    if Unanswered.objects.filter(week=week).count() >= MOST_A_WEEK:
        return
    _, is_new = Unanswered.objects.get_or_create(
        week=week, key=words.key, defaults={"words": words.text}
    )
    if not is_new:  # somebody asked the same at the same moment
        once_more(question)


@contextmanager
def _impatiently() -> Iterator[None]:
    """A transaction that gives up soon when somebody else holds what it needs."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout")
            usual = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
            try:
                with transaction.atomic():
                    yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")
        else:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_MS}ms'")
                yield
