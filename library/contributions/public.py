"""What everybody may see of a campaign: its page, and its line on a unit's page."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.contributions import charts, exports, goals, rollup, trees, trend
from library.contributions.campaign_track import track_of
from library.contributions.goals import Progress
from library.contributions.models import Campaign, LedgerEntry
from library.contributions.periods import end_of, start_of
from library.contributions.rollup import Report, UnitRow
from library.contributions.screen import files_of
from library.contributions.spans import Span
from library.contributions.tables import ShownTable, Table, shown
from library.contributions.tree_table import tree_table
from library.contributions.wording import letter_of
from library.units.models import UnitPage

LEVELS = 2


@require_safe
def progress(request: HttpRequest) -> HttpResponseBase:
    """Of the campaign that runs: the sum, the units of the two highest levels, months."""
    whole = _public(rollup.report(rollup.question()))
    campaign = whole.question.campaign
    counts = trend.trend(whole.question, _public)
    tree, months = _tree(whole), trend.trend_table(counts)
    if "export" in request.GET:
        return _file(request.GET, whole, (tree, months))
    tops = [row for row in whole.tops if row.target is not None]
    context = {
        "campaign": campaign,
        "total": whole.total,
        "tracks": [_track_of_row(campaign, row) for row in tops if campaign],
        "tree": _shown(tree),
        "months": _shown(months),
        "chart": _chart(counts),
    }
    return render(request, "contributions/progress.html", context)


def track_of_unit(unit: UnitPage) -> charts.Track | None:
    """Its own way to its target, of the campaign that runs; a few small queries."""
    today = timezone.localdate()
    campaign = goals.running(list(Campaign.objects.all()), today)
    if campaign is None:
        return None
    known = {unit.pk: trees.unit_of(unit)}
    wanted = goals.targets_of(campaign, known).get(unit.pk)
    if not wanted:
        return None
    counted = _counted(unit, campaign)
    found = goals.progress(wanted, counted, campaign.elapsed(today))
    return track_of(campaign, found, today)


def _counted(unit: UnitPage, campaign: Campaign) -> dict[int | None, int]:
    """By kind, and under None all together; a clip that units share counts once."""
    below = Q(unit__path__startswith=unit.path)
    shared = Q(crew__units__path__startswith=unit.path)
    rows = (
        LedgerEntry.objects.at(end_of(timezone.localdate()))
        .filter(counted_from__gte=start_of(campaign.starts_on))
        .filter(counted_from__lte=end_of(campaign.ends_on))
        .filter(below | shared)
        .order_by()
        .values_list("kind_id")
        .annotate(clips=Count("pk", distinct=True))
    )
    counted: dict[int | None, int] = {}
    for kind, clips in rows:
        counted[None] = counted.get(None, 0) + clips
        if kind is not None:
            counted[kind] = clips
    return counted


def _public(report: Report) -> Report:
    """Without units that a privacy rule holds back."""
    visible = UnitPage.objects.live().public()
    return report.only(set(visible.values_list("path", flat=True)))


def _track_of_row(campaign: Campaign, row: UnitRow) -> tuple[str, charts.Track]:
    assert row.target is not None  # noqa: S101
    assert row.state is not None  # noqa: S101
    done = Progress(row.target, row.toward or 0, row.state)
    return row.name, track_of(campaign, done, timezone.localdate())


def _shown(table: Table) -> ShownTable:
    """With files, but no letter: that speaks for a unit, so its own people write it."""
    return shown(table, files_of(table, QueryDict(), exports.SPREADSHEETS))


def _file(
    asked: QueryDict, whole: Report, tables: tuple[Table, ...]
) -> HttpResponseBase:
    wanted = [table for table in tables if table.name == asked.get("table")]
    kind = asked["export"]
    if not wanted or kind not in exports.SPREADSHEETS:
        raise Http404
    return exports.file_of(letter_of(whole, wanted[0]), kind)


def _tree(whole: Report) -> Table:
    """Each unit leads to its page; ended ones stand below what continues them."""
    shallowest = min((row.depth for row in whole.units), default=0)
    kept = [
        row for row in whole.units if row.stands and row.depth < shallowest + LEVELS
    ]
    table = tree_table(replace(whole, units=tuple(kept)))
    rows = (
        replace(row, url=reverse("catalogue:unit", args=[row.cells[0]]))
        for row in table.rows
    )
    title = _("Units at a glance")
    return replace(table, name="tien-do", title=title, rows=tuple(rows))


def _chart(counts: list[tuple[Span, int]]) -> charts.Columns:
    title = _("Counted clips in the last %(months)d months") % {"months": trend.MONTHS}
    words = ", ".join(f"{month.name}: {clips}" for month, clips in counts)
    numbers = [(str(month.first.month), clips) for month, clips in counts]
    return charts.columns(title, words, numbers)
