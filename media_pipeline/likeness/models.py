"""What is kept of an asset so that others like it are found."""

from __future__ import annotations

from django.db import models

from media_pipeline.models import Asset


class Digest(models.Model):
    """Of a large file, what a browser can tell before it has read all of it.

    Small ones are known by `Asset.sha256`.
    """

    asset = models.OneToOneField(
        Asset, on_delete=models.CASCADE, related_name="digest", primary_key=True
    )
    edges = models.CharField(max_length=64, db_index=True)  # digests.edges()
    blocks = models.CharField(max_length=64)  # digests.blocks()

    def __str__(self) -> str:
        return self.edges
