"""Every rule on who may do what where: roles give rights at a unit and all below it.

Each question has two forms that answer alike: `may(user, right, page)` for one page,
and `units_where`, `paths_where` or `within` for many. Wagtail's own page permissions,
which its admin asks, are granted from the same roles by `members`.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Substr
from django.db.models.lookups import In
from wagtail.models import Page

from library.units.models import LibraryPage, Membership, Role, UnitPage

Person: TypeAlias = AbstractBaseUser | AnonymousUser


class Right(StrEnum):
    """What a role lets a person do, named thing:act."""

    ADD_CLIPS = "clips:add"
    CHANGE_CLIPS = (
        "clips:change"  # words and files; whether the state lets it is theirs
    )
    KEEP_CONSENT = "consent:keep"  # what was agreed to, withdrawn, given anew
    SEE_PAPERS = "consent:papers"  # that were signed
    ANSWER_PROBLEMS = "problems:answer"  # that visitors report
    REVIEW_CLIPS = "clips:review"
    SEE_DRAFTS = "clips:see-drafts"
    SUBMIT_CLIPS = "clips:submit"
    WITHDRAW_CLIPS = "clips:withdraw"
    REORGANISE = "units:reorganise"  # what lies below the unit, not the unit itself
    RETRY_ENCODING = "encoding:retry"  # after we failed
    RUN_ENCODING = "encoding:run"  # see the report, encode again, retry all
    MANAGE_MEMBERS = "members:manage"
    READ_LOG = "log:read"  # who did what, before and after
    SEE_REPORTS = "reports:see"
    SHARE_CREDIT = "credit:share"  # say which units made a clip together
    SIGN_FIGURES = "figures:sign"  # freeze the figures of a month
    DELEGATE_TARGETS = "targets:delegate"  # to the units below
    SET_REVIEWS = "reviews:set"  # counts at top units alone: `library.review.settling`
    TEND_SEARCH = "search:tend"  # counts at top units alone: `library.sought.tending`


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.CONTRIBUTOR: frozenset(
        {
            Right.ADD_CLIPS,
            Right.CHANGE_CLIPS,
            Right.KEEP_CONSENT,
            Right.RETRY_ENCODING,
            Right.SEE_DRAFTS,
            Right.SUBMIT_CLIPS,
        }
    ),
    Role.CURATOR: frozenset(
        {
            Right.REVIEW_CLIPS,
            Right.KEEP_CONSENT,
            Right.SEE_PAPERS,
            Right.ANSWER_PROBLEMS,
            Right.SEE_DRAFTS,
            Right.WITHDRAW_CLIPS,
            Right.SEE_REPORTS,
            Right.SHARE_CREDIT,
        }
    ),
    Role.ADMIN: frozenset(
        {
            Right.CHANGE_CLIPS,
            Right.KEEP_CONSENT,
            Right.SEE_PAPERS,
            Right.ANSWER_PROBLEMS,
            Right.SEE_DRAFTS,
            Right.WITHDRAW_CLIPS,
            Right.RETRY_ENCODING,
            Right.RUN_ENCODING,
            Right.MANAGE_MEMBERS,
            Right.READ_LOG,
            Right.REORGANISE,
            Right.SEE_REPORTS,
            Right.SHARE_CREDIT,
            Right.SIGN_FIGURES,
            Right.DELEGATE_TARGETS,
            Right.SET_REVIEWS,
            Right.TEND_SEARCH,
        }
    ),
}


@dataclass(frozen=True)
class Reach:
    """Where one person has which right: read once, then asked without a query."""

    paths: Mapping[Right, tuple[str, ...]]

    def may(self, right: Right, page: Page) -> bool:
        return any(page.path.startswith(path) for path in self.paths.get(right, ()))


def reach_of(user: Person, day: datetime.date | None = None) -> Reach:
    """The rights of a person on a day (today); an ended membership gives nothing."""
    if not user.is_active or user.is_anonymous:
        return Reach({})
    if getattr(user, "is_superuser", False):
        everywhere = tuple(LibraryPage.objects.values_list("path", flat=True))
        return Reach(dict.fromkeys(Right, everywhere))
    paths: dict[Right, list[str]] = defaultdict(list)
    held = Membership.objects.valid_on(day).filter(user_id=user.pk)
    for role, path in held.values_list("role", "unit__path"):
        for right in RIGHTS[Role(role)]:
            paths[right].append(path)
    return Reach({right: highest(found) for right, found in paths.items()})


def may(user: Person, right: Right, page: Page) -> bool:
    return reach_of(user).may(right, page)


def paths_where(user: Person, right: Right) -> tuple[str, ...]:
    """Tree paths of the highest units at which the person has the right."""
    return reach_of(user).paths.get(right, ())


def units_where(user: Person, right: Right) -> QuerySet[UnitPage]:
    units: QuerySet[UnitPage] = UnitPage.objects.filter(within(user, right))
    return units


def within(user: Person, right: Right, field: str = "path") -> Q:
    """The twin of `may` as a filter on any queryset that reaches a page's `path`."""
    return under(paths_where(user, right), field)


def under(paths: Iterable[str], field: str = "path") -> Q:
    """Pages at or below the paths: one flat IN a level, whatever their number.

    One OR branch a path, as Wagtail writes it, breaks SQLite at some hundred paths.
    """
    by_length = defaultdict(list)
    for path in highest(paths):
        by_length[len(path)].append(path)
    condition = Q(pk__in=[])
    for length, group in by_length.items():
        start = Substr(F(field), 1, length, output_field=TextField())
        condition |= Q(In(start, group))
    return condition


def highest(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that lie below no other one."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)
