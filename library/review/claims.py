"""A reviewer claims a clip, so that two do not review one.

A claim is two columns of the waiting step and ends with it. Whoever writes them holds
the step's lock and has read them anew, so that of two at once one is the quicker. It
counts while its deadline has not come and its holder may still decide.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import TaskState

from library.review import waits
from library.review.errors import RefusedError
from library.review.waits import Wait
from library.units import names

if TYPE_CHECKING:
    from library.review.models import ReviewTaskState


def holder_of(state: ReviewTaskState) -> User | None:
    """Who has it now; nobody after the deadline, or when their role has ended."""
    wait = waits.of(type(state).objects.filter(pk=state.pk))[state.pk]
    return holder_among(state, wait)


def holder_among(state: ReviewTaskState, wait: Wait) -> User | None:
    """The same where it is known of whom the step asks an answer."""
    holder, until = state.claimed_by, state.claimed_until
    in_time = until is not None and until > timezone.now()
    return holder if in_time and holder and wait.asks(holder) else None


@transaction.atomic
def take(state: ReviewTaskState, user: User) -> None:
    """For `REVIEW_CLAIM_HOURS`; once more prolongs it. Refused while another has it."""
    step = _locked(state, user)
    holder = holder_of(step)
    if holder is not None and holder.pk != user.pk:
        raise RefusedError(sentence(holder))
    _hand(step, user, "review.claim")


@transaction.atomic
def take_over(state: ReviewTaskState, user: User, seen: int) -> User | None:
    """From whom the person saw having it: returns them, unless the claim had ended."""
    step = _locked(state, user)
    holder = holder_of(step)
    if holder is not None and holder.pk not in {seen, user.pk}:
        raise RefusedError(sentence(holder))
    _hand(step, user, "review.take_over")
    return holder if holder is not None and holder.pk != user.pk else None


@transaction.atomic
def give_back(state: ReviewTaskState, user: User) -> bool:
    """Only what the person holds; a second time changes nothing."""
    step = type(state).objects.select_for_update().get(pk=state.pk)
    if step.status != TaskState.STATUS_IN_PROGRESS or step.claimed_by_id != user.pk:
        return False
    _hand(step, None, "review.give_back", by=user)
    return True


def sentence(holder: User) -> str:
    name = names.shown(holder)
    return _("%(person)s is reviewing this clip.") % {"person": name}


def _locked(state: ReviewTaskState, user: User) -> ReviewTaskState:
    step = type(state).objects.select_for_update().get(pk=state.pk)
    if step.status != TaskState.STATUS_IN_PROGRESS:
        raise RefusedError(_("This review has already been answered."))
    if not step.task.specific.may(step.clip, user):
        raise PermissionDenied
    return step


def _hand(
    step: ReviewTaskState, to: User | None, action: str, by: User | None = None
) -> None:
    step.claimed_by = to
    hours = datetime.timedelta(hours=settings.REVIEW_CLAIM_HOURS)
    step.claimed_until = timezone.now() + hours if to is not None else None
    step.save(update_fields=["claimed_by", "claimed_until"])
    log(step.clip, action, user=by or to)
