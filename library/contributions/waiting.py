"""What waits for a review, and how long: by the unit that it comes from."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from library.clips.models import ClipPage
from library.contributions.rollup import UnitRow
from library.contributions.tables import Column, Row, Shape, Table

LONG_DAYS = 7


@dataclass(frozen=True)
class Waits:
    """Of one unit: since when each of its clips waits at its present step."""

    row: UnitRow
    since: tuple[datetime.datetime, ...]

    @property
    def oldest(self) -> datetime.datetime:
        return min(self.since)

    def days(self, now: datetime.datetime) -> int:
        return (now - self.oldest).days


def waits(rows: Iterable[UnitRow]) -> list[Waits]:
    """Two queries for any number; the longest wait first."""
    by_path: dict[str, list[datetime.datetime]] = defaultdict(list)
    open_steps = _open_steps()
    pages = ClipPage.objects.filter(pk__in=open_steps.values("page"))
    paths = dict(pages.values_list("pk", "path"))
    for page, since in open_steps.values_list("page", "started_at"):
        if page in paths:
            by_path[paths[page][: -ClipPage.steplen]].append(since)
    found = [Waits(r, tuple(by_path[r.path])) for r in rows if r.path in by_path]
    return sorted(found, key=lambda each: (each.oldest, each.row.path))


def waiting_table(found: list[Waits]) -> Table:
    now = timezone.now()
    clips = sum(len(each.since) for each in found)
    days = max((each.days(now) for each in found), default=None)
    return Table(
        name="cho-duyet",
        title=_("Waiting for review"),
        columns=(
            Column(_("Code"), width=18, is_shown=False),
            Column(_("Unit"), width=44),
            Column(_("Clips"), Shape.NUMBER, 8),
            Column(_("Longest wait, days"), Shape.NUMBER, 12),
            Column(_("Since"), Shape.DAY, 12),
        ),
        rows=tuple(
            Row(
                (
                    each.row.code,
                    each.row.name,
                    len(each.since),
                    each.days(now),
                    each.oldest,
                )
            )
            for each in found
        ),
        total=("", _("Together"), clips, days, None),
        empty=_("Nothing waits for a review."),
    )


def waiting_long(found: list[Waits]) -> int:
    """How many clips have waited for a week or more."""
    week_ago = timezone.now() - datetime.timedelta(days=LONG_DAYS)
    return sum(since <= week_ago for each in found for since in each.since)


def _open_steps() -> QuerySet[TaskState]:
    """With the number of the page that each is about."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    ).annotate(page=Cast("workflow_state__object_id", BigIntegerField()))
