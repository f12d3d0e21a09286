"""Consent that is withdrawn, and given anew: who may write it down, once each.

The words may name people: they stay in the row, and in no log, ledger or public page.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from library.clips.models import ClipPage
from library.consent.models import ConsentCase, Problem
from library.units.permissions import Right, may

WITHDRAW, GIVE_ANEW = "consent.withdraw", "consent.give_anew"
_GIVEN, _WITHDRAWN = {"consent": True}, {"consent": False}


def open_of(clip: ClipPage) -> ConsentCase | None:
    return ConsentCase.objects.open().filter(clip=clip).first()


@transaction.atomic
def withdraw(
    clip: ClipPage, user: User, why: str, problem: Problem | None = None
) -> bool:
    """False where it was withdrawn already: nothing more is to be done."""
    if not may(user, Right.KEEP_CONSENT, clip):
        raise PermissionDenied
    ClipPage.objects.select_for_update().get(pk=clip.pk)  # the second of two waits here
    if open_of(clip) is not None:
        return False
    ConsentCase.objects.create(
        clip=clip, problem=problem, why=why.strip(), opened_by=user
    )
    log(clip, WITHDRAW, user=user, data={"before": _GIVEN, "after": _WITHDRAWN})
    return True


@transaction.atomic
def give_anew(clip: ClipPage, user: User, how: str) -> bool:
    """False where it was not withdrawn, or not any more."""
    if not may(user, Right.KEEP_CONSENT, clip):
        raise PermissionDenied
    ClipPage.objects.select_for_update().get(pk=clip.pk)
    case = open_of(clip)
    if case is None:
        return False
    case.how, case.closed_by, case.closed_at = how.strip(), user, timezone.now()
    case.save(update_fields=["how", "closed_by", "closed_at"])
    log(clip, GIVE_ANEW, user=user, data={"before": _WITHDRAWN, "after": _GIVEN})
    return True
