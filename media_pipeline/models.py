"""An asset (one uploaded file on its way), its packages, and a record of each step."""

from __future__ import annotations

import uuid

from django.db import models

from media_pipeline import states


class Asset(models.Model):
    """One uploaded video. `state` is written by `states.move()` alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=20, choices=states.choices, default=states.State.RECEIVED
    )
    file_name = models.CharField(max_length=255)  # NFC, for people; never a key
    staged_as = models.CharField(max_length=100, blank=True)  # below STAGING_DIR
    original_key = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    source = models.JSONField(default=dict, blank=True)  # what the probe saw
    duration_ms = models.PositiveIntegerField(default=0)
    package = models.ForeignKey(
        "Package", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)  # for the log, never for the uploader
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"


class Package(models.Model):
    """One immutable playable output at `prefix/`; a row switches to it when whole."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="packages")
    prefix = models.CharField(max_length=200, unique=True)
    manifest = models.JSONField(default=dict)
    bytes = models.PositiveBigIntegerField(default=0)
    is_whole = models.BooleanField(default=False)  # all rungs, not the first alone
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.prefix


class StepRun(models.Model):
    """One try of one step: when, with which commands, and how it ended."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="runs")
    step = models.CharField(max_length=30)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    commands = models.JSONField(default=list)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.step} of {self.asset_id}"
