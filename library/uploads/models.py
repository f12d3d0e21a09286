"""An upload session: one file arriving in pieces, owned by one person, for one clip."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from library.clips.models import ClipPage


class UploadSession(models.Model):
    """The offset is never stored: it is the size of the staging file."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    clip = models.ForeignKey(ClipPage, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField(_("file name"), max_length=255)  # NFC, for people
    size = models.PositiveBigIntegerField(_("size"))
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.file_name
