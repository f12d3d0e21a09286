"""Problems that visitors report: taken in, found by who may answer, and forgotten in time."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from library import visitors
from library.clips.models import ClipPage
from library.consent.models import Problem
from library.units.permissions import Person, Right, paths_where, within

AN_HOUR = datetime.timedelta(hours=1)
# However many senders there are, nobody can bury a clip's own people.
NEW_PER_CLIP = 50


class TooManyError(Exception):
    """One sender again and again, or one clip: wait until some are answered."""


def sender_of(request: HttpRequest) -> str:
    """Tells one sender from another for a while; nobody can read an address out of it."""
    address = visitors.address(request)
    return salted_hmac("library.consent.problems", str(address)).hexdigest()[:32]


@transaction.atomic
def take(clip: ClipPage, told: dict[str, str], sender: str) -> Problem:
    """The same words sent twice are one problem."""
    recent = Problem.objects.filter(sender=sender, at__gt=timezone.now() - AN_HOUR)
    if (again := recent.filter(clip=clip, **told).first()) is not None:
        return again
    is_buried = _new_of(clip).count() >= NEW_PER_CLIP
    if recent.count() >= settings.PROBLEMS_PER_HOUR or is_buried:
        raise TooManyError
    return Problem.objects.create(clip=clip, sender=sender, **told)


def answerable(user: Person) -> QuerySet[Problem]:
    """Of the clips in the person's subtree, those that wait first."""
    mine = Problem.objects.filter(within(user, Right.ANSWER_PROBLEMS, "clip__path"))
    return mine.select_related("clip", "handled_by")


def answers_any(user: Person) -> bool:
    return bool(paths_where(user, Right.ANSWER_PROBLEMS))


def wait(clip: ClipPage) -> bool:
    """Whether any of the clip's is still without an answer."""
    return _new_of(clip).exists()


def waiting(user: Person) -> int:
    return answerable(user).filter(state=Problem.State.NEW).count()


@transaction.atomic
def forget() -> int:
    """Upkeep, safe at any time: the personal data of old rows goes; how many they were.

    What tells senders apart is of use for an hour, and goes the first time round.
    """
    now = timezone.now()
    Problem.objects.exclude(sender="").filter(at__lt=now - AN_HOUR).update(sender="")
    limit = now - datetime.timedelta(days=settings.PROBLEM_PERSONAL_DAYS)
    old = Q(at__lt=limit, forgotten_at=None)
    return Problem.objects.filter(old).update(
        words="", email="", answer="", forgotten_at=now
    )


def _new_of(clip: ClipPage) -> QuerySet[Problem]:
    return Problem.objects.filter(clip=clip, state=Problem.State.NEW)
