"""What waits for one person's answer, as finished rows; few queries for any number."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.utils import timezone
from wagtail.models import TaskState

from library.clips.models import ClipPage
from library.clips.playback import poster_of
from library.review import claims, escalation, waits
from library.review.answers import name_of
from library.review.models import Person, ReviewTaskState
from library.review.waits import Wait
from library.units.models import UnitPage


@dataclass(frozen=True)
class Waiting:
    clip_id: int
    title: str
    unit: str
    above: str  # the unit's own unit above it
    by: str
    since: datetime.datetime
    days: int
    duration_ms: int
    poster_url: str
    is_whole: bool  # all picture sizes are there: it can be approved
    is_return: bool = False  # it was sent back before
    holder: str = ""  # who claimed it
    is_mine: bool = False
    days_overdue: int = 0
    is_lifted: bool = False  # to the level above


def waiting_ids(user: Person) -> set[int]:
    """Ids of the steps that the person may answer."""
    return set(_asking(user))


def waiting(user: Person) -> list[Waiting]:
    """The longest wait first."""
    asking = _asking(user)
    states = list(
        ReviewTaskState.objects.filter(pk__in=asking)
        .select_related("workflow_state__requested_by", "claimed_by")
        .order_by("started_at", "pk")
    )
    clips = ClipPage.objects.select_related("asset__package").in_bulk(
        [wait.clip_id for wait in asking.values()]
    )
    units = _units_above(list(clips.values()))
    returned = _sent_back([state.workflow_state_id for state in states])
    rows = []
    for state in states:
        wait = asking[state.pk]
        row = _row(state, clips[wait.clip_id], units)
        holder = claims.holder_among(state, wait)
        rows.append(
            replace(
                row,
                is_return=state.workflow_state_id in returned,
                holder=name_of(holder),
                is_mine=holder == user,
            )
        )
    return rows


def _asking(user: Person) -> dict[int, Wait]:
    return waits.asking(
        user,
        ReviewTaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task__active=True
        ),
    )


def _row(state: ReviewTaskState, clip: ClipPage, units: dict[str, str]) -> Waiting:
    step = ClipPage.steplen
    asset = clip.asset
    return Waiting(
        clip_id=clip.pk,
        title=clip.draft_title or clip.title,
        unit=units.get(clip.path[:-step], ""),
        above=units.get(clip.path[: -2 * step], ""),
        by=name_of(state.workflow_state.requested_by),
        since=state.started_at,
        days=(timezone.now() - state.started_at).days,
        duration_ms=asset.duration_ms if asset else 0,
        poster_url=poster_of(clip, asset) if asset else "",
        is_whole=asset is not None and asset.is_whole,
        days_overdue=escalation.days_overdue(state),
        is_lifted=state.lift > 0,
    )


def _units_above(clips: list[ClipPage]) -> dict[str, str]:
    step = ClipPage.steplen
    paths = {clip.path[: -times * step] for clip in clips for times in (1, 2)}
    return dict(UnitPage.objects.filter(path__in=paths).values_list("path", "title"))


def _sent_back(reviews: list[int]) -> set[int]:
    rows = TaskState.objects.filter(
        workflow_state__in=reviews, status=TaskState.STATUS_REJECTED
    )
    return set(rows.values_list("workflow_state_id", flat=True))
