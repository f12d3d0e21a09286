"""What was said about a clip, and where its review stands, as finished values for pages."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type

from library.review import waits
from library.review.deciders import Step
from library.review.models import ReviewTaskState, Withdrawal
from library.units import names
from library.units.models import UnitPage


class Stand(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    CHANGES = "changes"
    REJECTED = "rejected"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


LABELS: dict[Stand, str | Promise] = {
    Stand.DRAFT: _("Draft"),
    Stand.WAITING: _("Waiting for review"),
    Stand.CHANGES: _("Changes asked for"),
    Stand.REJECTED: _("Rejected"),
    Stand.PUBLISHED: _("Published"),
    Stand.WITHDRAWN: _("Withdrawn"),
}
_ANSWERS: dict[str, str | Promise] = {
    "submitted": _("Submitted for review"),
    "approved": _("Approved"),
    "small": _("Small change, public at once"),
    "changes": _("Changes asked for"),
    "rejected": _("Rejected"),
    "cancelled": _("Taken back"),
    "skipped": _("Step skipped"),
    "withdrawn": _("Withdrawn"),
}


@dataclass(frozen=True)
class Answer:
    """One thing that happened in a review; `kind` is a key of the list above."""

    kind: str
    label: str
    at: datetime.datetime
    by: str = ""
    reason: str = ""  # the chosen reason, in words
    words: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a clip stands now; `answer` is the last one that a person gave."""

    stand: Stand
    label: str
    since: datetime.datetime | None = None
    answer: Answer | None = None
    waits_for: str = ""  # the unit that decides, or a sentence saying that nobody can


def history(clip: Page) -> list[Answer]:
    """Everything said about the clip, oldest first."""
    said, is_new = [], True
    for state in _states([clip])[clip.pk]:
        if is_new:
            said.append(_submission(state))
        if not _is_waiting(state):
            said.append(_answer(state))
        is_new = state.status in _ENDED
    said += [_withdrawal(row) for row in _withdrawals([clip])[clip.pk]]
    return sorted(said, key=lambda answer: answer.at)


def standing(clip: Page) -> Standing:
    return standings([clip])[clip.pk]


def standings(clips: Iterable[Page]) -> dict[int, Standing]:
    """By the clip's id; four queries for any number of clips."""
    clips = list(clips)
    states, withdrawals = _states(clips), _withdrawals(clips)
    asks = _Waits(clips, states)
    return {
        clip.pk: _standing(clip, states[clip.pk], withdrawals[clip.pk], asks)
        for clip in clips
    }


def _standing(
    clip: Page,
    states: list[ReviewTaskState],
    withdrawals: list[Withdrawal],
    asks: _Waits,
) -> Standing:
    given = [s for s in states if s.status in _GIVEN and not s.is_carried]
    answer = _answer(given[-1]) if given else None
    if states and _is_waiting(states[-1]):
        return _stand(Stand.WAITING, states[-1].started_at, answer, asks.of(clip))
    if given and given[-1].is_final:
        return _stand(Stand.REJECTED, given[-1].finished_at, answer)
    if given and given[-1].workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _stand(Stand.CHANGES, given[-1].finished_at, answer)
    if clip.live:
        return _stand(Stand.PUBLISHED, clip.last_published_at, answer)
    if withdrawals:
        taken_down = _withdrawal(withdrawals[-1])
        return _stand(Stand.WITHDRAWN, taken_down.at, taken_down)
    return _stand(Stand.DRAFT, None, answer)


_GIVEN = {TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED}
_ENDED = {
    TaskState.STATUS_REJECTED,
    TaskState.STATUS_CANCELLED,
}  # the next is a new try


def _stand(
    stand: Stand,
    since: datetime.datetime | None,
    answer: Answer | None,
    waits_for: str = "",
) -> Standing:
    return Standing(stand, str(LABELS[stand]), since, answer, waits_for)


def _is_waiting(state: ReviewTaskState) -> bool:
    return bool(state.status == TaskState.STATUS_IN_PROGRESS)


class _Waits:
    """Whom the waiting ones among the clips wait for."""

    def __init__(
        self, clips: list[Page], states: dict[int, list[ReviewTaskState]]
    ) -> None:
        waiting = {
            clip.pk: _wait(clip, states[clip.pk][-1])
            for clip in clips
            if states[clip.pk] and _is_waiting(states[clip.pk][-1])
        }
        self.asked = waits.decided(waiting)
        paths = {lvl.path for wait in self.asked.values() for lvl in wait.levels}
        named = UnitPage.objects.filter(path__in=paths)
        self.titles = dict(named.values_list("path", "title")) if waiting else {}

    def of(self, clip: Page) -> str:
        levels = self.asked[clip.pk].levels
        if not levels:
            return gettext("Nobody above this unit can review; ask an administrator.")
        return ", ".join(self.titles[level.path] for level in levels)


def _wait(clip: Page, state: ReviewTaskState) -> waits.Wait:
    never = frozenset({clip.owner_id, state.workflow_state.requested_by_id} - {None})
    step = Step(state.level, state.kind_id, state.lift)
    return waits.Wait(clip.pk, clip.path, step, never)


def _states(clips: list[Page]) -> dict[int, list[ReviewTaskState]]:
    rows = (
        ReviewTaskState.objects.filter(
            workflow_state__base_content_type=get_default_page_content_type(),
            workflow_state__object_id__in=[str(clip.pk) for clip in clips],
        )
        .select_related("workflow_state__requested_by", "finished_by", "kind")
        .annotate(level=F("task__reviewtask__level"))
        .order_by("started_at", "pk")
    )
    by_clip: dict[int, list[ReviewTaskState]] = defaultdict(list)
    for row in rows:
        by_clip[int(row.workflow_state.object_id)].append(row)
    return by_clip


def _withdrawals(clips: list[Page]) -> dict[int, list[Withdrawal]]:
    rows = Withdrawal.objects.filter(clip__in=[clip.pk for clip in clips])
    by_clip: dict[int, list[Withdrawal]] = defaultdict(list)
    for row in rows.select_related("user").order_by("at", "pk"):
        by_clip[row.clip_id].append(row)
    return by_clip


def _submission(state: ReviewTaskState) -> Answer:
    by = name_of(state.workflow_state.requested_by)
    return Answer("submitted", str(_ANSWERS["submitted"]), state.started_at, by)


def _answer(state: ReviewTaskState) -> Answer:
    kind = str(state.status)
    if kind == TaskState.STATUS_REJECTED and not state.is_final:
        kind = "changes"
    if state.is_carried:
        kind = "small"
    return Answer(
        kind,
        str(_ANSWERS[kind]),
        state.finished_at or state.started_at,
        name_of(state.finished_by),
        state.get_reason_display(),
        _nobody_at(state) or state.comment,
    )


def _nobody_at(state: ReviewTaskState) -> str:
    """Why a step was passed over; "" for all others."""
    if state.status != TaskState.STATUS_SKIPPED or state.kind is None:
        return ""
    return gettext("Nobody could decide at: %(kind)s") % {"kind": state.kind}


def _withdrawal(row: Withdrawal) -> Answer:
    label = str(_ANSWERS["withdrawn"])
    return Answer("withdrawn", label, row.at, name_of(row.user), words=row.why)


def name_of(user: User | None) -> str:
    return names.shown(user) if user else ""
