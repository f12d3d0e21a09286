"""The one rule of what a live clip needs, as a list of what is still in the way.

`ClipPage.clean()` enforces it as the last line; whoever can speak kindly before (pages,
buttons, hooks, the review) asks here first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from library.clips.consent import Consent
from library.clips.licences import LICENCES

if TYPE_CHECKING:
    from library.clips.models import ClipPage


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
NO_VIDEO = Obstacle("video", _("The video has not been uploaded completely yet."))
NOT_PLAYABLE = Obstacle("playable", _("The video cannot be played yet."))
NOT_APPROVED = Obstacle(
    "approved",
    _("A clip goes live only at the end of its review. Please submit it for review."),
)


def obstacles(clip: ClipPage) -> tuple[Obstacle, ...]:
    """What the clip itself still lacks, in the order in which people meet it."""
    return details_missing(clip) + video_missing(clip)


def details_missing(clip: ClipPage) -> tuple[Obstacle, ...]:
    """What its people still have to write; can be done while the video is encoded."""
    checks = (
        (NO_TITLE, bool(clip.title.strip())),
        (NO_KIND, clip.kind_id is not None),
        (NO_TOPIC, clip.subject_id is not None or bool(clip.skills.all())),
        (NO_LICENCE, clip.licence in LICENCES),
        (NO_CONSENT, clip.consent in Consent.values),
        (CONSENT_MISSING, clip.consent != Consent.MISSING),
    )
    return tuple(obstacle for obstacle, is_fine in checks if not is_fine)


def video_missing(clip: ClipPage) -> tuple[Obstacle, ...]:
    if clip.asset is None:
        return (NO_VIDEO,)
    return () if clip.asset.is_playable else (NOT_PLAYABLE,)


def publishing_obstacles(clip: ClipPage) -> tuple[Obstacle, ...]:
    """For a clip about to be saved as live: also the review that must have said yes."""
    return obstacles(clip) + (() if is_approved(clip) else (NOT_APPROVED,))


def schedule_obstacles(clip: ClipPage) -> tuple[Obstacle, ...]:
    """A clip that is not ready gets no date: its schedule would fail unseen."""
    return obstacles(clip) if clip.go_live_at is not None else ()


def is_approved(clip: ClipPage) -> bool:
    """Whether a finished review said yes to the very revision that is (to go) live."""
    if clip.live_revision_id is None:
        return False
    approved: bool = WorkflowState.objects.filter(
        base_content_type=clip.get_base_content_type(),
        object_id=str(clip.pk),
        status=WorkflowState.STATUS_APPROVED,
        current_task_state__revision_id=clip.live_revision_id,
    ).exists()
    return approved
