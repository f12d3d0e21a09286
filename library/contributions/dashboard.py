"""“Tổng quan đóng góp”: how the campaign goes, who leads, what waits, who has nothing yet.

Every table of it is a `Table`; the page shows each and offers each as a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from library.contributions import charts, goals, league, trend, waiting
from library.contributions.campaign_track import track_of
from library.contributions.headcounts import members_of
from library.contributions.rollup import Report, UnitRow
from library.contributions.screen import Screen, changed, files_of, screen_of
from library.contributions.tables import (
    Column,
    Row,
    Shape,
    ShownTable,
    Table,
    shown,
)
from library.contributions.tree_table import tree_table
from library.contributions.trend import MONTHS, Part

LEVELS = 2  # of the tree, at a time
LINES = 20  # of a long table
PLACES = 10  # of a league


@dataclass(frozen=True)
class Dashboard:
    """`whole` is what is asked for; `tree` its two highest levels."""

    whole: Report
    tree: Table
    months: Table
    leagues: tuple[Table, ...]
    waits: Table
    nothing: Table
    waits_long: int
    counts: tuple[tuple[str, int], ...]

    @property
    def tables(self) -> dict[str, Table]:
        every = (self.tree, self.months, *self.leagues, self.waits, self.nothing)
        return {table.name: table for table in every}


def dashboard(whole: Report, part: Part) -> Dashboard:
    """`part` leaves of any report what the reader asked for and may see."""
    counts = trend.trend(whole.question, part)
    standing = [row for row in whole.units if row.stands]
    waits = waiting.waits(whole.units)
    return Dashboard(
        whole=whole,
        tree=_tree(whole),
        months=trend.trend_table(counts),
        leagues=league.league_tables(standing, members_of(standing)),
        waits=waiting.waiting_table(waits),
        nothing=nothing_table(whole, standing),
        waits_long=waiting.waiting_long(waits),
        counts=tuple((str(month.first.month), clips) for month, clips in counts),
    )


def _tree(whole: Report) -> Table:
    shallowest = min((row.depth for row in whole.units), default=0)
    kept = [row for row in whole.units if row.depth < shallowest + LEVELS]
    table = tree_table(replace(whole, units=tuple(kept)))
    return replace(table, name="tong-quan", title=_("Units at a glance"))


def nothing_table(whole: Report, standing: list[UnitRow]) -> Table:
    """Units that should bring something and have not: with a target, or the lowest."""
    above = {row.parent for row in whole.units}
    idle = [
        row
        for row in standing
        if row.total == 0 and (row.target or row.code not in above)
    ]
    return Table(
        name="chua-co",
        title=_("Units that have nothing yet"),
        columns=(
            Column(_("Code"), width=18, is_shown=False),
            Column(_("Unit"), width=44),
            Column(_("Kind"), width=20),
            Column(_("Above"), width=40),
            Column(_("Target"), Shape.NUMBER, 10),
        ),
        rows=tuple(
            Row(
                (
                    row.code,
                    row.name,
                    row.kind_name,
                    whole.names.get(row.parent or ""),
                    row.target,
                )
            )
            for row in idle
        ),
        empty=_("Every unit has brought something."),
    )


@dataclass(frozen=True)
class Overview:
    """The dashboard as its page shows it."""

    screen: Screen
    tree: ShownTable
    months: ShownTable
    leagues: tuple[ShownTable, ...]
    waits: ShownTable
    nothing: ShownTable
    waits_note: str
    chart: charts.Columns
    track: charts.Track | None
    heading: str
    report_query: str
    crumbs: tuple[tuple[str, str], ...]  # name, query: the units above the one shown


def overview_of(found: Dashboard, chosen: QueryDict, visible: Report) -> Overview:
    """`visible` is all that the reader may see: there the way up ends."""

    def screened(table: Table, limit: int | None = None) -> ShownTable:
        return shown(table, files_of(table, chosen), limit)

    return Overview(
        screen=screen_of(found.whole, chosen),
        tree=screened(_linked(found, chosen)),
        months=screened(found.months),
        leagues=tuple(screened(table, PLACES) for table in found.leagues),
        waits=screened(found.waits, LINES),
        nothing=screened(found.nothing, LINES),
        waits_note=_waits_note(found),
        chart=_chart(found),
        track=_track(found.whole),
        heading=_heading(found.whole),
        report_query=chosen.urlencode(),
        crumbs=_crumbs(found.whole, chosen, visible),
    )


def _linked(found: Dashboard, chosen: QueryDict) -> Table:
    """Each unit that has units below it leads to its own overview."""
    above = {row.parent for row in found.whole.units}
    tops = {row.code for row in found.whole.tops}
    rows = (
        replace(row, url="?" + changed(chosen, unit=str(row.cells[0])))
        if row.cells[0] in above and row.cells[0] not in tops
        else row
        for row in found.tree.rows
    )
    return replace(found.tree, rows=tuple(rows))


def _heading(whole: Report) -> str:
    return whole.tops[0].name if len(whole.tops) == 1 else _("All my units")


def _waits_note(found: Dashboard) -> str:
    if not found.waits_long:
        return ""
    said = ngettext(
        "%(clips)d clip has waited for a week or more.",
        "%(clips)d clips have waited for a week or more.",
        found.waits_long,
    )
    return said % {"clips": found.waits_long}


def _track(whole: Report) -> charts.Track | None:
    """Of the one unit shown, where it has a target."""
    campaign = whole.question.campaign
    row = whole.tops[0] if len(whole.tops) == 1 else None
    if campaign is None or row is None or not row.target or row.toward is None:
        return None
    state = row.state or goals.State.ON_TRACK
    done = goals.Progress(row.target, row.toward, state)
    return track_of(campaign, done, whole.question.as_of)


def _chart(found: Dashboard) -> charts.Columns:
    title = _("Counted clips in the last %(months)d months") % {"months": MONTHS}
    words = ", ".join(f"{row.cells[0]}: {row.cells[1]}" for row in found.months.rows)
    return charts.columns(title, words, found.counts)


def _crumbs(
    whole: Report, chosen: QueryDict, visible: Report
) -> tuple[tuple[str, str], ...]:
    """The way back up from a unit that was chosen."""
    if not chosen.get("unit"):
        return ()
    around = {row.code: row for row in visible.units}
    ways, row = [], around.get(whole.tops[0].parent or "")
    while row is not None:
        ways.append((row.name, changed(chosen, unit=row.code)))
        row = around.get(row.parent or "")
    return tuple(reversed(ways))
