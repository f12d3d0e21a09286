"""A job is a row with a lease; a task queue's message is only a hint that there is one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class JobQuerySet(models.QuerySet["Job"]):
    """All times are compared by the database's clock: machines' clocks differ."""

    def due(self) -> JobQuerySet:
        """Waiting, and their time has come."""
        return self.filter(state=Job.State.QUEUED, run_after__lte=Now())

    def ahead_of(self, job: Job) -> JobQuerySet:
        """Those that wait in the same queue and are claimed before it (Meta.ordering)."""
        same = Q(priority=job.priority)
        sooner = Q(run_after__lt=job.run_after)
        older = Q(run_after=job.run_after, pk__lt=job.pk)
        first = Q(priority__gt=job.priority) | (same & (sooner | older))
        return self.filter(first, state=Job.State.QUEUED, queue=job.queue)

    def unfinished(self) -> JobQuerySet:
        return self.exclude(state__in=[Job.State.DONE, Job.State.FAILED])

    def held_by(self, job: Job) -> JobQuerySet:
        """The row of `job` while the lease in hand still holds, else nothing."""
        return self.filter(pk=job.pk, state=Job.State.RUNNING, lease=job.lease)


class Job(models.Model):
    """One piece of work, claimed, kept alive and finished by its lease token."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        WAITING = "waiting"  # for its parts
        DONE = "done"
        FAILED = "failed"

    key = models.CharField(max_length=120, unique=True)  # "asset/7/package"
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts"
    )
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
    worker = models.CharField(max_length=200, blank=True)  # identity.mine() of the last
    hint_at = models.DateTimeField()  # when a hint is due again
    hints = models.PositiveSmallIntegerField(default=0)
    progress = models.FloatField(default=0)  # 0 to 1; a further try never lowers it
    seconds_left = models.PositiveIntegerField(null=True, blank=True)
    asked_again = models.BooleanField(default=False)  # wanted anew while running
    result = models.JSONField(default=dict, blank=True)  # what its handler returned
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-priority", "run_after", "pk"]
        indexes = [models.Index(fields=["queue", "state", "run_after"])]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
