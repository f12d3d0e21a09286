"""The table of clips that the node may still have and that nobody may find any more."""

from __future__ import annotations

from django.db import models


class Withheld(models.Model):
    """Written in the very transaction that withdraws the clip, removed when the node knows."""

    index = models.CharField(max_length=40)
    clip = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "withheld"
        constraints = [
            models.UniqueConstraint(
                fields=["index", "clip"], name="search_withheld_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.clip}"
