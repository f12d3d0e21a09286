"""A job is a row with a lease; a task queue's message is only a hint that there is one."""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """One piece of work, claimed, kept alive and finished by its lease token."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    key = models.CharField(max_length=120, unique=True)  # "asset/7/package"
    kind = models.CharField(max_length=40)
    queue = models.CharField(max_length=20, default="default")
    spec = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.QUEUED, db_index=True
    )
    priority = models.SmallIntegerField(default=0)  # greater goes first
    run_after = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=200, blank=True)
    hint_at = models.DateTimeField(null=True, blank=True)
    hints = models.PositiveSmallIntegerField(default=0)
    progress = models.FloatField(default=0)  # 0 to 1
    seconds_left = models.PositiveIntegerField(null=True, blank=True)
    asked_again = models.BooleanField(default=False)  # wanted anew while running
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-priority", "run_after", "pk"]
        indexes = [models.Index(fields=["queue", "state", "run_after"])]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
