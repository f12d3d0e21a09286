"""Why a clip is not approved: the list from which a reviewer chooses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    QUALITY = "quality", _("Sound or picture")
    RIGHTS = "rights", _("Copyright")
    DETAILS = "details", _("Details missing")
    CONTENT = "content", _("Content")
    DUPLICATE = "duplicate", _("Duplicate")
    IMAGE = "image", _("A person's image rights")
    OTHER = "other", _("Other")
