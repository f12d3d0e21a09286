"""The one rule of what a live clip needs, as a list of what is still in the way.

`ClipPage.clean()` enforces it as the last line; whoever can speak kindly before (pages,
buttons, hooks, the review) asks here first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageLogEntry, TaskState, WorkflowState

from library.clips.consent import Consent
from library.clips.licences import LICENCES

if TYPE_CHECKING:
    from library.clips.models import ClipPage
    from media_pipeline.models import Asset


@dataclass(frozen=True)
class Obstacle:
    """`code` for programs, `sentence` for people: what is missing and what to do."""

    code: str
    sentence: str | Promise


NO_TITLE = Obstacle("title", _("Give the clip a title."))
NO_KIND = Obstacle("kind", _("Choose what kind of clip it is."))
NO_TOPIC = Obstacle("topic", _("Choose a subject or at least one skill."))
NO_LICENCE = Obstacle("licence", _("Choose a licence."))
NO_CONSENT = Obstacle("consent", _("Say whether people can be recognised in it."))
CONSENT_MISSING = Obstacle(
    "consent_missing",
    _("Children can be recognised, and they or their guardians have not agreed yet."),
)
CONSENT_INCOMPLETE = Obstacle(
    "consent_incomplete",
    _(
        "Children can be recognised: write down on the page about consent who they are "
        "and when they and their guardians agreed."
    ),
)
CONSENT_WITHDRAWN = Obstacle(
    "consent_withdrawn",
    _("Consent was withdrawn; first write down that it was given anew."),
)
NO_VIDEO = Obstacle("video", _("The video has not been uploaded completely yet."))
NOT_PLAYABLE = Obstacle("playable", _("The video cannot be played yet."))
NOT_WHOLE = Obstacle(
    "whole", _("The video is still being encoded: it can be approved in a moment.")
)
NOT_APPROVED = Obstacle(
    "approved",
    _("A clip goes live only at the end of its review. Please submit it for review."),
)


def obstacles(clip: ClipPage) -> tuple[Obstacle, ...]:
    """What the clip still lacks for its review, in the order in which people meet it."""
    return details_missing(clip) + video_missing(clip)


def approval_obstacles(clip: ClipPage) -> tuple[Obstacle, ...]:
    """What it still lacks for a yes: all rungs too, for the public plays all of them."""
    return details_missing(clip) + (video_missing(clip) or _unfinished(clip.asset))


def details_missing(clip: ClipPage) -> tuple[Obstacle, ...]:
    """What its people still have to write; can be done while the video is encoded."""
    checks = (
        (NO_TITLE, bool(clip.title.strip())),
        (NO_KIND, clip.kind_id is not None),
        (NO_TOPIC, clip.subject_id is not None or bool(clip.skills.all())),
        (NO_LICENCE, clip.licence in LICENCES),
        (NO_CONSENT, clip.consent in Consent.values),
        (CONSENT_MISSING, clip.consent != Consent.MISSING),
        (
            CONSENT_INCOMPLETE,
            clip.consent != Consent.ON_FILE or clip.has_complete_consent,
        ),
        (CONSENT_WITHDRAWN, not clip.has_withdrawn_consent),
    )
    return tuple(obstacle for obstacle, is_fine in checks if not is_fine)


def video_missing(clip: ClipPage) -> tuple[Obstacle, ...]:
    """One that takes the place of another is missing too while it comes."""
    if clip.asset is None or clip.has_open_upload:
        return (NO_VIDEO,)
    return () if clip.asset.is_playable else (NOT_PLAYABLE,)


def _unfinished(asset: Asset | None) -> tuple[Obstacle, ...]:
    if asset is None or asset.is_whole:
        return ()
    if asset.has_failed:  # nothing comes “in a moment” by itself
        return (Obstacle(NOT_WHOLE.code, asset.message),)
    return (NOT_WHOLE,)


def publishing_obstacles(clip: ClipPage) -> tuple[Obstacle, ...]:
    """For a clip about to be saved as live: also the review that must have said yes."""
    return approval_obstacles(clip) + (() if is_approved(clip) else (NOT_APPROVED,))


def schedule_obstacles(clip: ClipPage) -> tuple[Obstacle, ...]:
    """A clip that is not ready gets no date: its schedule would fail unseen."""
    return approval_obstacles(clip) if clip.go_live_at is not None else ()


def is_approved(clip: ClipPage) -> bool:
    """Whether a person said yes to the very revision that is (to go) live.

    Or to the one before a small change, whose yes is carried over by the review. In a
    review that ended well, and since the clip was last taken down: what somebody
    withdrew needs a new yes.
    """
    if clip.live_revision_id is None:
        return False
    said_yes = TaskState.objects.filter(
        status=TaskState.STATUS_APPROVED,
        revision_id=clip.live_revision_id,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
        workflow_state__base_content_type=clip.get_base_content_type(),
        workflow_state__object_id=str(clip.pk),
    )
    if (taken_down_at := _taken_down_at(clip)) is not None:
        said_yes = said_yes.filter(finished_at__gt=taken_down_at)
    return said_yes.exists()


def _taken_down_at(clip: ClipPage) -> datetime | None:
    """Wagtail's log knows each unpublishing, whoever or whatever did it."""
    taken_down = PageLogEntry.objects.filter(
        page=clip.pk, action__startswith="wagtail.unpublish"
    )
    at: datetime | None = taken_down.aggregate(at=Max("timestamp"))["at"]
    return at
