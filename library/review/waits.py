"""Of whom waiting steps ask an answer, in few queries for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from wagtail.models import Page

from library.review import deciders
from library.review.deciders import Level, Step

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

    from library.review.models import ReviewTaskState

    Steps = QuerySet[ReviewTaskState]


@dataclass(frozen=True)
class Wait:
    """One step that waits; `never` are the people of the clip, who do not decide."""

    clip_id: int
    path: str
    step: Step
    never: frozenset[int]
    levels: tuple[Level, ...] = ()  # who may answer, the step's own unit first
    above: tuple[Level, ...] = ()  # who would be asked next, nearest first

    def asks(self, user: User | AnonymousUser) -> bool:
        if not user.is_active or user.pk in self.never:
            return False
        return bool(user.is_superuser) or user.pk in self.people

    @property
    def people(self) -> frozenset[int]:
        return frozenset(chain.from_iterable(level.people for level in self.levels))


def of(states: Steps) -> dict[int, Wait]:
    """By the step's id."""
    rows = list(
        states.values_list(
            "pk",
            "workflow_state__object_id",
            "workflow_state__requested_by",
            "task__reviewtask__level",
            "kind",
            "lift",
        )
    )
    pages = _pages(int(clip) for _pk, clip, *_more in rows)
    waiting = {}
    for pk, clip, asked_by, *step in rows:
        path, owner = pages[int(clip)]
        never = frozenset({owner, asked_by} - {None})
        waiting[pk] = Wait(int(clip), path, Step(*step), never)
    return decided(waiting)


def asking(user: User | AnonymousUser, states: Steps) -> dict[int, Wait]:
    """Of the steps, those that this person may answer."""
    return {pk: wait for pk, wait in of(states).items() if wait.asks(user)}


def _pages(clips: Iterable[int]) -> dict[int, tuple[str, int | None]]:
    rows = Page.objects.filter(pk__in=set(clips)).order_by()
    return {pk: (path, by) for pk, path, by in rows.values_list("pk", "path", "owner")}


def decided(waiting: Mapping[int, Wait]) -> dict[int, Wait]:
    """The same waits, with those who may answer."""
    paths = {wait.path for wait in waiting.values()}
    curators = deciders.curators_above(paths) if paths else {}
    has_kinds = any(wait.step.kind is not None for wait in waiting.values())
    kinds = deciders.kinds_above(paths) if has_kinds else {}
    return {pk: _asks(wait, curators, kinds) for pk, wait in waiting.items()}


def _asks(wait: Wait, curators: deciders.Curators, kinds: deciders.Kinds) -> Wait:
    found = deciders.levels(wait.path, curators, wait.never)
    levels = deciders.asked(wait.step, wait.path, found, kinds)
    highest = len(levels[-1].path) if levels else 0
    above = tuple(level for level in found if len(level.path) < highest)
    return Wait(wait.clip_id, wait.path, wait.step, wait.never, levels, above)
