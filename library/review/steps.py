"""Through which steps a review passes: rows say so for a unit and all below it.

The nearest setting wins. Where none is, or one without steps, the nearest unit above
that has a curator decides, as if nobody had set anything.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, TaskState

from library.review import deciders
from library.units.models import UnitKind, UnitPage

if TYPE_CHECKING:
    from library.review.models import ReviewTaskState

STEP = Page.steplen
_SETTLED = (TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED)


class ReviewChain(models.Model):
    """The setting at one unit, for it and all below."""

    unit = models.OneToOneField(
        UnitPage,
        on_delete=models.CASCADE,
        related_name="review_chain",
        verbose_name=_("unit"),
    )

    class Meta:
        ordering = ["unit__path"]
        verbose_name = _("steps of review")
        verbose_name_plural = _("steps of review")

    def __str__(self) -> str:
        return f"{self.unit}: " + " → ".join(str(step.kind) for step in self.in_order())

    def in_order(self) -> QuerySet[ChainStep]:
        return self.steps.select_related("kind")


class ChainStep(models.Model):
    """Curators of this kind of unit, above the clip, say yes."""

    chain = models.ForeignKey(
        ReviewChain, on_delete=models.CASCADE, related_name="steps"
    )
    kind = models.ForeignKey(
        UnitKind, on_delete=models.CASCADE, related_name="+", verbose_name=_("kind")
    )
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "kind"], name="one_step_for_each_kind_in_a_chain"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.kind}"


@dataclass(frozen=True)
class Ahead:
    """One step that a review has not passed yet; somebody decides there, or nobody."""

    kind: int
    is_decided: bool


def kinds_for(path: str) -> tuple[int, ...]:
    """Kinds of unit whose curators decide on a clip at the path, one after the other."""
    above = [path[:end] for end in range(STEP, len(path), STEP)]
    rows = ReviewChain.objects.filter(unit__path__in=above)
    nearest = rows.order_by("-unit__depth").first()
    return tuple(nearest.steps.values_list("kind", flat=True)) if nearest else ()


def ahead(
    clip: Page, told: QuerySet[ReviewTaskState], never: Collection[int]
) -> list[Ahead]:
    """What the newest version still has to pass, a step that sent it back before others.

    `told` are the steps of its review so far.
    """
    kinds = kinds_for(clip.path)
    if not kinds:
        return []
    here = told.filter(revision=clip.get_latest_revision(), status__in=_SETTLED)
    settled = set(here.values_list("kind", flat=True))
    last = told.order_by("-started_at", "-pk").first()
    returned = last.kind_id if last and last.status == last.STATUS_REJECTED else None
    still = sorted(
        (kind for kind in kinds if kind not in settled),
        key=lambda kind: (kind != returned, kinds.index(kind)),
    )
    found = deciders.levels(clip.path, deciders.curators_above([clip.path]), never)
    above = deciders.kinds_above([clip.path])
    return [
        Ahead(kind, deciders.at_kind(kind, clip.path, found, above) is not None)
        for kind in still
    ]
