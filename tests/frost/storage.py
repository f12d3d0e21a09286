"""Local files whose writing and removing can freeze, too."""

from __future__ import annotations

import re

from django.core.files.storage import FileSystemStorage

from media_pipeline.models import Asset, Package, StepRun
from tests.frost.apps import freeze


class Frosted(FileSystemStorage):
    """Asked for a path, it knows what is going to be done there."""

    def path(self, name: str) -> str:
        found = re.fullmatch(r"([0-9a-f-]{36})/[0-9a-f]{32}(/master\.m3u8)?", str(name))
        if found and found[2]:
            _before_the_master(found[1])
        elif found and not Package.objects.filter(prefix=name).exists():
            freeze(
                Asset.objects.get(uuid=found[1]).pk, "sweep"
            )  # its row has just gone
        return super().path(name)


def _before_the_master(asset: str) -> None:
    """All else of the package is stored by then, and no row knows of it."""
    mine = StepRun.objects.filter(asset__uuid=asset, ended_at=None)
    step = mine.filter(step__startswith="publish").first()
    if step is not None:
        freeze(step.asset_id, f"{step.step} stores")
