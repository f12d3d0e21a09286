"""Taking a live clip down: needs no right to publish, but a reason."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from library.clips.models import ClipPage
from library.review import notices
from library.review.errors import IncompleteAnswerError, RefusedError
from library.review.models import Withdrawal
from library.units.permissions import Right, may


@transaction.atomic
def withdraw(clip: ClipPage, user: User, why: str) -> Withdrawal:
    """Unpublishes and writes down who and why; a review under way goes on.

    `page_unpublished` follows within the call; `why_withdrawn` answers it.
    """
    why = why.strip()
    if not may(user, Right.WITHDRAW_CLIPS, clip):
        raise PermissionDenied
    if not why:
        raise IncompleteAnswerError(_("Say why the clip is withdrawn."))
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    if not clip.live:
        raise RefusedError(_("This clip is not published."))
    return _take_down(clip, user, why)


@transaction.atomic
def of_refused_video(clip: ClipPage, why: str) -> Withdrawal:
    """By the library itself: what is live must play."""
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    return _take_down(clip, None, why)


def of_withdrawn_consent(clip: ClipPage, user: User | None) -> Withdrawal:
    """In neutral words: the contributor, the ledger and its exports show them."""
    with override(settings.LANGUAGE_CODE):
        why = _("Consent was withdrawn")
    return _take_down(clip, user, why)


def _take_down(clip: ClipPage, user: User | None, why: str) -> Withdrawal:
    row = Withdrawal.objects.create(clip=clip, user=user, why=why[:200])
    log(clip, "library.withdraw", user=user, data={"why": row.why})
    action = UnpublishPageAction(clip, user=user)
    action.execute(skip_permission_checks=True)
    notices.withdrawn(row)
    return row


def why_withdrawn(clip: ClipPage) -> str:
    """Why a clip is being taken down; "" when it was not by a withdrawal of ours.

    An older withdrawal, from before it was last published, does not answer.
    """
    rows = Withdrawal.objects.filter(clip=clip)
    if clip.last_published_at is not None:
        rows = rows.filter(at__gte=clip.last_published_at)
    latest = rows.first()
    return latest.why if latest else ""
