"""The review of a clip: our workflow task, its state with a reason, the reasons."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState


class Reason(models.TextChoices):
    QUALITY = "quality", _("Sound or picture")
    RIGHTS = "rights", _("Copyright")
    DETAILS = "details", _("Details missing")
    CONTENT = "content", _("Content")
    DUPLICATE = "duplicate", _("Duplicate")
    IMAGE = "image", _("A person's image rights")
    OTHER = "other", _("Other")


class ReviewTaskState(TaskState):
    """One step of one review, with the reason of an answer that is not yes."""

    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    is_final = models.BooleanField(default=False)  # rejected for good


class ReviewTask(Task):
    """Approved by a curator of the clip's nearest unit(s) above that have one.

    `level` 1 is the nearest such unit, 2 the next one above it.
    """

    level = models.PositiveSmallIntegerField(_("level"), default=1)
    task_state_class = ReviewTaskState
