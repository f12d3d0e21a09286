"""What is kept of an asset so that others like it are found."""

from __future__ import annotations

from django.db import models

from media_pipeline.likeness import pictures, sounds
from media_pipeline.likeness.matching import Films
from media_pipeline.likeness.tracks import Track
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


class Print(models.Model):
    """The fingerprint of what is seen and heard. Each pair is a `Track`."""

    asset = models.OneToOneField(
        Asset, on_delete=models.CASCADE, related_name="print", primary_key=True
    )
    pictures = models.BinaryField()
    pictures_sure = models.BinaryField()
    sound = models.BinaryField()
    sound_sure = models.BinaryField()

    def __str__(self) -> str:
        return f"fingerprint of {self.pk}"

    @property
    def films(self) -> Films:
        return Films(
            Track(pictures.WIDTH, bytes(self.pictures), bytes(self.pictures_sure)),
            Track(sounds.WIDTH, bytes(self.sound), bytes(self.sound_sure)),
        )


class Term(models.Model):
    """The index over fingerprints: who shares many of them is worth a comparison."""

    print = models.ForeignKey(Print, on_delete=models.CASCADE, related_name="terms")
    value = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["value", "print"], name="a_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.value:x}"
