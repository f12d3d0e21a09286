"""The report of contributions inside Wagtail's admin, and its files."""

from __future__ import annotations

import io

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from library.contributions import rollup, spreadsheets
from library.contributions.forms import ReportForm
from library.contributions.rollup import Report
from library.contributions.screen import screen_of
from library.units.permissions import Right, paths_where

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


@require_GET
def report(request: AdminRequest) -> HttpResponse:
    form = ReportForm(request.GET)
    found = rollup.report(form.question())
    if not request.user.is_superuser:
        found = found.within(_own_units(request.user))
    if (file := request.GET.get("export", "")) in {"csv", "xlsx"}:
        return _file(found, file)
    context = {"form": form, "screen": screen_of(found, request.GET)}
    return render(request, "contributions/report.html", context)


def _own_units(user: User) -> tuple[str, ...]:
    paths = paths_where(user, Right.SEE_REPORTS)
    if not paths:
        raise Http404
    return paths


def _file(found: Report, kind: str) -> HttpResponse:
    name = f"dong-gop-{found.question.as_of}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if kind == "csv":
        text = spreadsheets.as_csv(found)
        return HttpResponse(
            text, content_type="text/csv; charset=utf-8", headers=headers
        )
    book = io.BytesIO()
    spreadsheets.write_xlsx(found, book)
    return HttpResponse(book.getvalue(), content_type=XLSX, headers=headers)
