"""Approving several clips: what each looks like and may lack, then each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from library.clips import gate
from library.clips.consent import Consent
from library.clips.models import ClipPage
from library.review import chain, claims, waits
from library.review.errors import RefusedError
from library.review.models import Note, ReviewTaskState
from library.review.queue import Waiting, waiting

MOST = 50
SHORT_MS = 20_000


@dataclass(frozen=True)
class Candidate:
    """One of the chosen clips, before anything is done."""

    row: Waiting
    step: int  # its id: another version is another step and was not looked at
    missing: tuple[str, ...]  # why it cannot be approved
    doubts: tuple[str, ...]  # what a reviewer may want to look at first

    @property
    def may_approve(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Outcome:
    title: str
    why_not: str = ""  # "" where it was approved


def candidates(user: User, clip_ids: Iterable[int]) -> list[Candidate]:
    """Of the chosen those that wait for this person; others do not exist for them."""
    wanted = set(clip_ids)
    rows = [row for row in waiting(user) if row.clip_id in wanted][:MOST]
    states = _states(user, {row.clip_id for row in rows})
    noted = set(Note.objects.filter(clip__in=states).values_list("clip", flat=True))
    return [
        _candidate(row, states[row.clip_id], is_noted=row.clip_id in noted)
        for row in rows
        if row.clip_id in states
    ]


def approve(user: User, steps: Mapping[int, int]) -> list[Outcome]:
    """Each by itself, so that one that fails stops no other; `steps` by clip.

    What is no longer asked of this person is told without its title.
    """
    states = _states(user, set(steps))
    return [_approve(user, states.get(clip), step) for clip, step in steps.items()]


def _approve(user: User, state: ReviewTaskState | None, step: int) -> Outcome:
    if state is None:
        return Outcome(_("One clip"), _("It no longer waits for your answer."))
    title = state.clip.draft_title or state.clip.title
    if state.pk != step:
        return Outcome(title, _("It was changed since you looked at it."))
    try:
        chain.approve(state, user)
    except RefusedError as error:
        return Outcome(title, str(error))
    except PermissionDenied:
        return Outcome(title, _("It no longer waits for your answer."))
    return Outcome(title)


def _states(user: User, clip_ids: set[int]) -> dict[int, ReviewTaskState]:
    """The steps of these clips that ask this very person, by clip."""
    rows = ReviewTaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__active=True,
        workflow_state__object_id__in=[str(pk) for pk in clip_ids],
    ).select_related("claimed_by", "revision")
    asking = waits.asking(user, rows)
    return {asking[state.pk].clip_id: state for state in rows if state.pk in asking}


def _candidate(row: Waiting, state: ReviewTaskState, *, is_noted: bool) -> Candidate:
    shown = state.revision.as_object()
    missing = [str(one.sentence) for one in gate.approval_obstacles(shown)]
    if row.holder and not row.is_mine and state.claimed_by:
        missing.append(claims.sentence(state.claimed_by))
    doubts = (
        (_("No description"), not shown.description.strip()),
        (_("No captions"), not shown.captions.all()),
        (_("Shorter than 20 seconds"), 0 < row.duration_ms < SHORT_MS),
        (_("Children can be recognised"), shown.consent == Consent.ON_FILE),
        (_("Another clip of the unit has the same title"), _has_twin(shown)),
        (_("It was sent back before"), row.is_return),
        (_("There are internal notes"), is_noted),
    )
    named = tuple(sentence for sentence, is_so in doubts if is_so)
    return Candidate(row, state.pk, tuple(missing), named)


def _has_twin(clip: ClipPage) -> bool:
    beside = ClipPage.objects.sibling_of(clip).exclude(pk=clip.pk)
    same = beside.filter(
        Q(title__iexact=clip.title) | Q(draft_title__iexact=clip.title)
    )
    return bool(same.exists())
