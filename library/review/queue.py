"""What waits for one person's answer, as finished rows; few queries for any number."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone
from wagtail.models import TaskState

from library.clips.models import ClipPage
from library.clips.playback import poster_of
from library.review.answers import name_of
from library.review.models import Person, ReviewTask, ReviewTaskState
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
    is_return: bool  # it was sent back before
    is_whole: bool  # all picture sizes are there: it can be approved


def waiting_ids(user: Person) -> set[int]:
    """Ids of the steps that the person may answer."""
    found: set[int] = set()
    for task in ReviewTask.objects.filter(active=True):
        states = task.get_task_states_user_can_moderate(user)
        found.update(states.values_list("pk", flat=True))
    return found


def waiting(user: Person) -> list[Waiting]:
    """The longest wait first."""
    states = list(
        ReviewTaskState.objects.filter(pk__in=waiting_ids(user))
        .select_related("workflow_state__requested_by")
        .annotate(asked_at=F("workflow_state__created_at"))
        .order_by("started_at", "pk")
    )
    clips = ClipPage.objects.select_related("asset__package").in_bulk(
        [int(state.workflow_state.object_id) for state in states]
    )
    units = _units_above(list(clips.values()))
    returned = _sent_back([state.workflow_state_id for state in states])
    return [
        _row(state, clips[int(state.workflow_state.object_id)], units, returned)
        for state in states
    ]


def _row(
    state: ReviewTaskState, clip: ClipPage, units: dict[str, str], returned: set[int]
) -> Waiting:
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
        is_return=state.workflow_state_id in returned,
        is_whole=asset is not None and asset.is_whole,
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
