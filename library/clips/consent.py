"""The consent answer: who can be recognised in a clip, and whether they agreed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Consent(models.TextChoices):
    """Law 91/2025/QH15, article 24: from age 7 the child agrees and so does a guardian."""

    NO_MINORS = "no_minors", _("No child or pupil can be recognised")
    ON_FILE = "on_file", _("The children and their guardians agreed; papers on file")
    MISSING = "missing", _("Children can be recognised, consent is not complete yet")
