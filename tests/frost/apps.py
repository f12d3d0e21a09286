"""Freezes a process, once for each place that the environment names: as if its machine
stood still there for a while."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_save


class FrostConfig(AppConfig):
    name = "tests.frost"
    label = "frost"

    def ready(self) -> None:
        from media_pipeline.models import StepRun

        post_save.connect(begun_or_ended, sender=StepRun, weak=False)


def begun_or_ended(instance: Any, *, created: bool, **more: object) -> None:
    """`encode 2 begins`: of an asset's steps of that name the second."""
    number = type(instance).objects.filter(asset=instance.asset, step=instance.step)
    when = "begins" if created else "ends"
    freeze(instance.asset_id, f"{instance.step} {number.count()} {when}")


def freeze(asset: int, place: str) -> None:
    if json.loads(os.environ["FREEZE_AT"]).get(str(asset)) != place:
        return
    try:
        with (Path(settings.DATA_DIR) / f"frozen-{asset}").open("x") as marker:
            marker.write(str(os.getpid()))
    except FileExistsError:  # only who comes first
        return
    os.kill(os.getpid(), signal.SIGSTOP)
