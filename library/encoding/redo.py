"""Having a video tried again after we failed, or encoded anew: who may, and who did."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from library.clips.models import ClipPage, ClipQuerySet
from library.units.permissions import Right, may, within
from media_pipeline import steps
from media_pipeline.models import Asset
from media_pipeline.states import State

RETRY, REENCODE = "library.retry", "library.reencode"


def retry(clip: ClipPage, user: User) -> bool:
    """Once more from the start; False when it has not failed, or not any more."""
    if not may(user, Right.RETRY_ENCODING, clip):
        raise PermissionDenied
    return _ask(clip, user, steps.retry, RETRY)


def reencode(clip: ClipPage, user: User) -> bool:
    """As the engine would make it today; False when it is not a moment for it."""
    if not may(user, Right.RUN_ENCODING, clip):
        raise PermissionDenied
    return _ask(clip, user, steps.reencode, REENCODE)


def failed(user: User, reason: str = "") -> ClipQuerySet:
    """What `retry_all` would try again: all, or what failed for one reason."""
    mine: ClipQuerySet = ClipPage.objects.filter(
        within(user, Right.RUN_ENCODING), asset__state=State.FAILED
    )
    return mine.filter(asset__reason=reason) if reason else mine


def retry_all(user: User, reason: str = "") -> int:
    """Each by itself: one that cannot be asked for does not keep back the others."""
    return sum(
        _ask(clip, user, steps.retry, RETRY)
        for clip in failed(user, reason).order_by("asset__updated_at", "pk")
    )


@transaction.atomic
def _ask(clip: ClipPage, user: User, act: Callable[[Asset], bool], action: str) -> bool:
    """On record only when it really set something off: a second click does not."""
    asset = Asset.objects.select_for_update().filter(clip=clip).first()
    if asset is None or not act(asset):
        return False
    log(clip, action, user=user)
    return True
