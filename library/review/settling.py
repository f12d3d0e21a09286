"""Setting the steps of review at a unit, and keeping what is on its way moving.

Only admins of a top unit set them, for any unit below: else a school could shorten the
way of its own clips.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log
from wagtail.models import Page, TaskState

from library.review.models import Person, ReviewTaskState
from library.review.steps import ChainStep, ReviewChain
from library.sought.tending import TOP
from library.units.models import UnitKind, UnitPage
from library.units.permissions import Right, paths_where, under


def may_set(user: Person) -> bool:
    return bool(_paths(user))


def units(user: Person) -> QuerySet[UnitPage]:
    """At which the person may set the steps."""
    found: QuerySet[UnitPage] = UnitPage.objects.filter(under(_paths(user)))
    return found.order_by("path")


def chains(user: Person) -> QuerySet[ReviewChain]:
    rows = ReviewChain.objects.filter(under(_paths(user), "unit__path"))
    return rows.select_related("unit").prefetch_related("steps__kind")


@transaction.atomic
def set_steps(unit: UnitPage, kinds: Sequence[UnitKind], by: User) -> int:
    """Writes them down and settles what waits below; returns how many went elsewhere.

    Without kinds the nearest unit with a curator decides, also below a unit at which
    steps are set.
    """
    ReviewChain.objects.get_or_create(unit=unit)
    chain = ReviewChain.objects.select_for_update().get(unit=unit)  # one at a time
    before = [step.kind.name for step in chain.in_order()]
    chain.steps.all().delete()
    ChainStep.objects.bulk_create(
        ChainStep(chain=chain, kind=kind, place=place)
        for place, kind in enumerate(kinds, start=1)
    )
    _write_down(unit, by, before, [kind.name for kind in kinds])
    return settle(unit)


@transaction.atomic
def remove(unit: UnitPage, by: User) -> int:
    """From now on as it is set above the unit."""
    for chain in ReviewChain.objects.filter(unit=unit):
        _write_down(unit, by, [step.kind.name for step in chain.in_order()], None)
        chain.delete()
    return settle(unit)


def waiting_below(unit: UnitPage) -> QuerySet[ReviewTaskState]:
    clips = Page.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk)
    ids = [str(pk) for pk in clips.values_list("pk", flat=True)]
    return ReviewTaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=ids
    )


def settle(unit: UnitPage) -> int:
    """Each waiting step asks whom the rows say now; how many ask somebody else."""
    states = waiting_below(unit).select_for_update().order_by("pk")
    return sum(state.task.specific.settle(state) for state in states)


def _paths(user: Person) -> tuple[str, ...]:
    everywhere = paths_where(user, Right.SET_REVIEWS)
    if getattr(user, "is_superuser", False):
        return everywhere
    return tuple(path for path in everywhere if len(path) <= TOP)


def _write_down(unit: UnitPage, by: User, before: Any, after: Any) -> None:
    data = {"before": {"steps": before}, "after": {"steps": after}}
    log(unit, "review.steps", user=by, data=data)
