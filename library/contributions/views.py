"""The report of contributions inside Wagtail's admin, and its files."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET
from wagtail.models import Page

from library.contributions import exports, freezing, ledger_table, rollup
from library.contributions.dashboard import dashboard, overview_of
from library.contributions.forms import ReportForm
from library.contributions.rollup import Report
from library.contributions.screen import screen_of
from library.contributions.tree_table import tree_table
from library.contributions.wording import letter_of
from library.units.models import LibraryPage, UnitPage
from library.units.permissions import Right, paths_where


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


@require_GET
def report(request: AdminRequest) -> HttpResponseBase:
    form = ReportForm(request.GET)
    found = scope_of(request.user, form).part(rollup.report(form.question()))
    signed = freezing.signed_totals(found)
    if kind := _export(request):
        with translation.override(_language(kind)):
            letter = letter_of(found, tree_table(found, signed))
            return exports.taken(letter, kind, request.user, _about(found))
    context = {"form": form, "screen": screen_of(found, request.GET, signed)}
    return render(request, "contributions/report.html", context)


@require_GET
def overview(request: AdminRequest) -> HttpResponseBase:
    form = ReportForm(request.GET)
    scope = scope_of(request.user, form)
    kind = _export(request)
    with translation.override(_language(kind)):
        visible = scope.visible(rollup.report(form.question()))
        found = dashboard(scope.part(visible), scope.part)
        if kind:
            table = found.tables.get(request.GET.get("table", ""))
            if table is None:
                raise Http404
            letter = letter_of(found.whole, table)
            return exports.taken(letter, kind, request.user, _about(found.whole))
    shown = overview_of(found, request.GET, visible)
    return render(
        request, "contributions/overview.html", {"form": form, "overview": shown}
    )


def _language(kind: str) -> str | None:
    """A letter is Vietnamese whatever its reader's screen speaks."""
    return "vi" if kind == "pdf" else translation.get_language()


@require_GET
def ledger(request: AdminRequest) -> HttpResponseBase:
    """Every clip behind the report's sums, as a spreadsheet alone: there may be many."""
    form = ReportForm(request.GET)
    kind = _export(request)
    if kind not in exports.SPREADSHEETS:
        raise Http404
    found = scope_of(request.user, form).part(rollup.report(form.question()))
    letter = letter_of(found, ledger_table.table_of(ledger_table.behind(found)))
    return exports.taken(letter, kind, request.user, _about(found))


def _about(report: Report) -> Page:
    """The unit that a file is about; of several, the library."""
    tops = report.tops
    if len(tops) == 1:
        return UnitPage.objects.get(pk=tops[0].pk)
    return LibraryPage.objects.get()


@dataclass(frozen=True)
class Scope:
    """What a reader may see (None: everything), and the unit that they look at."""

    paths: tuple[str, ...] | None
    unit: str

    def visible(self, report: Report) -> Report:
        return report if self.paths is None else report.within(self.paths)

    def part(self, report: Report) -> Report:
        found = self.visible(report)
        if not self.unit:
            return found
        if self.unit not in {row.code for row in found.units}:
            raise Http404
        return found.below(self.unit)


def scope_of(user: User, form: ReportForm) -> Scope:
    if user.is_superuser:
        return Scope(None, form.chosen_unit)
    paths = paths_where(user, Right.SEE_REPORTS)
    if not paths:
        raise Http404
    return Scope(paths, form.chosen_unit)


def _export(request: HttpRequest) -> str:
    kind = request.GET.get("export", "")
    return kind if kind in exports.KINDS else ""
