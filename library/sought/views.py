"""The report of what was sought in vain, inside Wagtail's admin, and its buttons."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView

from library.sought import report, settling
from library.sought.models import SHOWN_FROM, Outcome, Unanswered
from library.sought.report import SoughtFilterSet
from library.sought.tending import tends_search


class SoughtReport(ReportView):
    """The newest week first, in it what was sought most."""

    page_title = _("Sought in vain")
    header_icon = "search"
    template_name = "sought/report.html"
    results_template_name = "sought/results.html"
    index_url_name = "sought:report"
    index_results_url_name = "sought:report_results"
    filterset_class = SoughtFilterSet
    list_export = ["week", "words", "times"]
    export_headings = {
        "week": _("Week"),
        "words": _("Search words"),
        "times": _("Times"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _tender(request)
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"tim-khong-thay-{datetime.date.today():%Y-%m-%d}"  # noqa: DTZ011

    def get_base_queryset(self) -> QuerySet[Unanswered]:
        return Unanswered.objects.shown()

    def decorate_paginated_queryset(
        self, object_list: QuerySet[Unanswered]
    ) -> list[report.Row]:
        return report.rows(object_list)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        state = self.request.GET.get("state", "")
        return context | {"shown_from": SHOWN_FROM, "is_settled": bool(state)}


@require_POST
def done(request: HttpRequest, question_id: int) -> HttpResponse:
    return _act(
        request,
        question_id,
        lambda one: settling.settle(one, Outcome.DONE),
        _("“%(words)s” is done. It comes back when it finds nothing later."),
    )


@require_POST
def ignore(request: HttpRequest, question_id: int) -> HttpResponse:
    return _act(
        request,
        question_id,
        lambda one: settling.settle(one, Outcome.IGNORED),
        _("“%(words)s” is ignored from now on."),
    )


@require_POST
def reopen(request: HttpRequest, question_id: int) -> HttpResponse:
    return _act(request, question_id, settling.reopen, _("“%(words)s” is open again."))


def _act(
    request: HttpRequest,
    question_id: int,
    act: Callable[[Unanswered], None],
    said: Promise,
) -> HttpResponse:
    _tender(request)
    question = get_object_or_404(Unanswered.objects.shown(), pk=question_id)
    act(question)
    messages.success(request, str(said) % {"words": question.words})
    return redirect(get_valid_next_url_from_request(request) or "sought:report")


def _tender(request: HttpRequest) -> None:
    if not tends_search(request.user):
        raise Http404
