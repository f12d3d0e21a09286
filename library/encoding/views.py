"""The report of the encoding in Wagtail's admin, and the acts that it and a clip offer."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView

from library import journey
from library.clips.models import ClipPage
from library.clips.video import video_of
from library.encoding import redo, report
from library.encoding.filters import EncodingFilterSet
from library.encoding.report import UNDER_WAY, Reader
from library.units.permissions import Right, within
from media_pipeline import failures
from media_pipeline.states import State


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


class EncodingReport(ReportView):
    """What needs somebody comes first, then what is under way, then the rest."""

    page_title = gettext_lazy("Encoding")
    header_icon = "cogs"
    template_name = "encoding/report.html"
    results_template_name = "encoding/results.html"
    index_url_name = "encoding:report"
    index_results_url_name = "encoding:report_results"
    filterset_class = EncodingFilterSet
    list_export = [
        "title",
        "unit",
        "video.state",
        "video.reason",
        "video.sentence",
        "video.percent",
        "duration_s",
        "changed_at",
    ]
    export_headings = {
        "title": gettext_lazy("Clip"),
        "unit": gettext_lazy("Unit"),
        "video.state": gettext_lazy("State"),
        "video.reason": gettext_lazy("Code"),
        "video.sentence": gettext_lazy("Reason"),
        "video.percent": gettext_lazy("Percent"),
        "duration_s": gettext_lazy("Seconds of video"),
        "changed_at": gettext_lazy("Changed"),
    }

    @cached_property
    def reader(self) -> Reader:
        return _reader(self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        _reader(request)
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"chuyen-ma-{datetime.date.today():%Y-%m-%d}"  # noqa: DTZ011

    def get_base_queryset(self) -> QuerySet[ClipPage]:
        urgent = Case(
            When(asset__state=State.FAILED, then=Value(0)),
            When(asset__state__in=UNDER_WAY, then=Value(1)),
            When(asset__state=State.REFUSED, then=Value(2)),
            default=Value(3),
        )
        clips: QuerySet[ClipPage] = self.reader.clips()
        return clips.order_by(urgent, "-asset__updated_at", "-pk")

    def decorate_paginated_queryset(
        self, object_list: QuerySet[ClipPage]
    ) -> list[report.Row]:
        return report.rows(self.reader, object_list)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        if self.is_export or self.results_only:
            return context
        return context | {
            "now": report.now(self.reader),
            "figures": report.figures(self.reader),
        }


@require_GET
def now(request: AdminRequest) -> JsonResponse:
    """For the report, which asks while something moves."""
    told = report.now(_reader(request))
    html = render_to_string("encoding/now.html", {"now": told})
    return JsonResponse({"code": told.code, "moves": told.moves, "html": html})


@require_GET
def status(request: AdminRequest, clip_id: int) -> JsonResponse:
    """For the panel in the editor, which asks while the video is encoded."""
    seen = ClipPage.objects.filter(within(request.user, Right.SEE_DRAFTS))
    clip = get_object_or_404(seen, pk=clip_id)
    video = video_of(clip, request.user)
    html = render_to_string("clips/video.html", {"clip": clip, "video": video})
    return JsonResponse({"code": video.code, "moves": video.moves, "html": html})


@require_http_methods(["GET", "POST"])
def retry(request: AdminRequest, clip_id: int) -> HttpResponse:
    clip = _clip(request, clip_id, Right.RETRY_ENCODING)
    if request.method != "POST":
        return _ask(request, _("Try again"), "encoding/ask_retry.html", clip=clip)
    if journey.tried_again(clip, request.user):
        said = _("“%(title)s” is tried again.") % {"title": clip.title}
        messages.success(request, said)
    else:
        messages.info(request, _("There is nothing to try again: it has not failed."))
    return redirect(_back(request, clip))


@require_http_methods(["GET", "POST"])
def reencode(request: AdminRequest, clip_id: int) -> HttpResponse:
    clip = _clip(request, clip_id, Right.RUN_ENCODING)
    if request.method != "POST":
        return _ask(request, _("Encode again"), "encoding/ask_reencode.html", clip=clip)
    if journey.encoded_anew(clip, request.user):
        said = _("“%(title)s” is encoded again.") % {"title": clip.title}
        messages.success(request, said)
    else:
        messages.info(request, _("It cannot be encoded again now."))
    return redirect(_back(request, clip))


@require_http_methods(["GET", "POST"])
def retry_all(request: AdminRequest) -> HttpResponse:
    _reader(request)
    reason = request.POST.get("reason") or request.GET.get("reason", "")
    if request.method != "POST":
        return _ask(
            request,
            _("Try all again"),
            "encoding/ask_retry_all.html",
            reason=reason,
            sentence=failures.message(reason) if reason else "",
            count=redo.failed(request.user, reason).count(),
        )
    tried = journey.all_tried_again(request.user, reason)
    said = ngettext(
        "%(count)s clip is tried again.", "%(count)s clips are tried again.", tried
    )
    messages.success(request, said % {"count": tried})
    return redirect("encoding:report")


def _reader(request: HttpRequest) -> Reader:
    reader = Reader(request.user)
    if not reader.may_read:
        raise Http404
    return reader


def _clip(request: AdminRequest, clip_id: int, right: Right) -> ClipPage:
    """404 for whoever may not: a draft of another unit does not exist."""
    mine = ClipPage.objects.filter(within(request.user, right))
    clip: ClipPage = get_object_or_404(mine, pk=clip_id)
    return clip


def _ask(request: AdminRequest, act: str, question: str, **about: Any) -> HttpResponse:
    """Before anything is set off: what it is, what it costs, and a way back."""
    clip = about.get("clip")
    context = {
        "act": act,
        "question": question,
        "back": _back(request, clip) if clip else reverse("encoding:report"),
        "next": get_valid_next_url_from_request(request),
        **about,
    }
    return render(request, "encoding/confirm.html", context)


def _back(request: HttpRequest, clip: ClipPage) -> str:
    edit = reverse("wagtailadmin_pages:edit", args=[clip.pk])
    return get_valid_next_url_from_request(request) or edit
