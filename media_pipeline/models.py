"""An asset (one uploaded file on its way), its packages, and a record of each step."""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Iterator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext

from media_pipeline import reasons, states, storage
from media_pipeline.errors import DecoderMissingError
from media_pipeline.jobs import lease
from media_pipeline.jobs.models import Job


class AssetQuerySet(models.QuerySet["Asset"]):
    def playable(self) -> AssetQuerySet:
        """The same rule as `Asset.is_playable`."""
        return self.filter(package__isnull=False)


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

    objects = AssetQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["sha256"], name="asset_sha256")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def is_playable(self) -> bool:
        """There is a package that plays, be it the first rung alone."""
        return self.package_id is not None

    @property
    def is_whole(self) -> bool:
        """All rungs are there."""
        return self.package is not None and self.package.is_whole

    @property
    def is_over(self) -> bool:
        """The engine is done with it, well or badly."""
        return self.state in states.OVER

    @property
    def has_failed(self) -> bool:
        """Our fault: `steps.retry()` may bring it back."""
        return self.state == states.State.FAILED

    @property
    def may_be_reencoded(self) -> bool:
        """It is whole and its original is kept: `steps.reencode()` makes it anew."""
        return self.state == states.State.PLAYABLE and bool(self.original_key)

    @property
    def is_refused(self) -> bool:
        return self.state == states.State.REFUSED

    @property
    def is_withheld(self) -> bool:
        """Nothing of it may be public: `withholding.withhold()` until `steps.release()`."""
        return self.state == states.State.WITHHELD

    @property
    def job_key(self) -> str:
        return f"asset/{self.pk}/package"

    @property
    def news_key(self) -> str:
        """Of the job that tells others how it stands: `states.tell()`."""
        return f"asset/{self.pk}/moved"

    @property
    def job(self) -> Job | None:
        return Job.objects.filter(key=self.job_key).first()

    @property
    def progress(self) -> float:
        """0 to 1."""
        if self.state == states.State.PLAYABLE:
            return 1.0
        return 0.0 if self.is_over or not (job := self.job) else job.progress

    @property
    def seconds_left(self) -> int | None:
        """Until it is whole; None while nobody can tell."""
        return None if self.is_over or not (job := self.job) else job.seconds_left

    @property
    def place(self) -> int | None:
        """Among the clips that wait for a worker, 1 is next; None when it does not."""
        job = None if self.is_over else self.job
        if job is None or job.state != Job.State.QUEUED:
            return None
        ahead = Job.objects.ahead_of(job).exclude(spec__asset=self.pk)
        return ahead.values("spec__asset").distinct().count() + 1

    @property
    def message(self) -> str:
        """Why it does not play, for its uploader; empty when there is nothing to say."""
        if self.is_refused:
            return reasons.message(self.reason)
        if self.has_failed and self.reason == DecoderMissingError.reason:
            return gettext(
                "The video is coded as %(codec)s, which this library cannot read yet. "
                "Please record or export it again as H.264 (MP4)."
            ) % {"codec": str(self.source.get("video_codec", "")).upper()}
        if self.has_failed:
            return gettext(
                "Something went wrong on our side. Your file is safe; it can be tried "
                "again."
            )
        return ""

    def url(self, name: str) -> str:
        """The public address of a file of the current package; empty when none."""
        if self.package is None or not name:
            return ""
        return storage.package_url(self.package.prefix, name)

    @property
    def playlist_url(self) -> str:
        return self.url(self._named("master"))

    @property
    def download_url(self) -> str:
        return self.url(self._named("download", "file"))

    @property
    def poster_url(self) -> str:
        return self.url(self._named("poster"))

    @property
    def poster_urls(self) -> list[str]:
        """The chosen one first, then the other candidates."""
        manifest = self.package.manifest if self.package else {}
        names = [manifest.get("poster", ""), *manifest.get("posters", [])]
        return [self.url(name) for name in dict.fromkeys(names) if name]

    @property
    def storyboard_url(self) -> str:
        return self.url(self._named("storyboard"))

    def _named(self, *path: str) -> str:
        """The file's name that the manifest holds at `path`; empty when it has none."""
        found: object = self.package.manifest if self.package else {}
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        return found if isinstance(found, str) else ""


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


class Build(models.Model):
    """One making of a package. While it is open, its plan, its parts and the files that
    they leave below `work` are kept: a further try, or another worker, goes on with them.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="builds")
    work = models.CharField(max_length=120, unique=True)  # storage.fresh_work()
    plan = models.JSONField(default=dict)  # Plan.as_json(); empty until it is made
    first = models.ForeignKey(  # the first rung's, once that plays
        Package, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    is_again = models.BooleanField(default=False)  # beside a package that is whole
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset"],
                condition=models.Q(ended_at=None),
                name="one_open_build_of_an_asset",
            )
        ]

    def __str__(self) -> str:
        return self.parts_key

    @property
    def parts_key(self) -> str:
        """What the keys of its parts begin with."""
        return f"asset/{self.asset_id}/{self.pk}/"

    @property
    def phase(self) -> int:
        """The one that is to be made next."""
        return 1 if self.first_id else 0


class StepRun(models.Model):
    """One try of one step: when, with which commands, and how it ended.

    Without an end: it is running, or its worker was killed.
    """

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="runs")
    step = models.CharField(max_length=30)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    commands = models.JSONField(default=list)
    cpu_s = models.FloatField(null=True)  # of all it ran, failed or not
    error = models.TextField(blank=True)  # ends with what the program wrote last

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.step} of {self.asset_id}"

    @property
    def seconds(self) -> float | None:
        if self.ended_at is None:
            return None
        return (self.ended_at - self.started_at).total_seconds()

    @classmethod
    @contextlib.contextmanager
    def record(cls, asset: Asset, step: str) -> Iterator[StepRun]:
        run = cls(asset=asset, step=step)
        lease.patiently(run.save)
        cpu_before_s = _cpu_s()
        try:
            yield run
        except BaseException as error:
            run.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            run.ended_at = timezone.now()
            run.cpu_s = round(_cpu_s() - cpu_before_s, 2)
            lease.patiently(run.save)


def _cpu_s() -> float:
    """User and system, of this process and of its children that have ended."""
    return sum(os.times()[:4])
