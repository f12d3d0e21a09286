"""An upload session: one file arriving in pieces, owned by one person, for one clip."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.clips.models import ClipPage


class UploadQuerySet(models.QuerySet["UploadSession"]):
    def open(self) -> UploadQuerySet:
        """Bytes may still come."""
        return self.filter(finished_at=None, expires_at__gt=timezone.now())

    def expired(self) -> UploadQuerySet:
        return self.filter(finished_at=None, expires_at__lte=timezone.now())


class UploadSession(models.Model):
    """The offset is never stored: it is the size of the staging file."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    clip = models.ForeignKey(ClipPage, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField(_("file name"), max_length=255)  # NFC, for people
    size = models.PositiveBigIntegerField(_("size"))
    submit_by = models.ForeignKey(  # who said “submit” before there was a video
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    publish_by = models.ForeignKey(  # the superuser whose import said: publish
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.file_name

    @property
    def staged_as(self) -> str:
        """The name of the staging file below STAGING_DIR: ours, never the user's."""
        return self.uuid.hex

    @property
    def staging_path(self) -> Path:
        return Path(settings.STAGING_DIR) / self.staged_as

    @property
    def is_open(self) -> bool:
        return self.finished_at is None and self.expires_at > timezone.now()

    @property
    def offset(self) -> int:
        """The bytes that are safe; a finished upload's file may have gone on already."""
        if self.finished_at is not None:
            return self.size
        try:
            return self.staging_path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def percent(self) -> int:
        """Never 100 before the last byte."""
        return 100 * self.offset // self.size if self.size else 100
