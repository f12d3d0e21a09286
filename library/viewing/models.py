"""How often clips were watched, day by day; nothing of who watched them."""

from __future__ import annotations

from django.db import models


class DailyViews(models.Model):
    clip = models.ForeignKey(
        "clips.ClipPage", on_delete=models.CASCADE, related_name="+"
    )
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clip", "day"], name="a_clip_once_a_day")
        ]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.clip_id} on {self.day}: {self.times}"
