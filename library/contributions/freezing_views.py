"""Where a unit's admin signs the figures of a month, and everybody sees corrections."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from library.contributions import exports, freezing, spans
from library.contributions.letters import Letter
from library.contributions.months_table import months_table
from library.contributions.spans import Kind
from library.contributions.tables import shown
from library.units.models import UnitPage
from library.units.permissions import Right, may, within


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


@require_http_methods(["GET", "HEAD"])
def months(request: AdminRequest, page_id: int) -> HttpResponseBase:
    unit = _unit(request, page_id)
    if (kind := request.GET.get("export", "")) in exports.KINDS:
        with translation.override(
            "vi" if kind == "pdf" else translation.get_language()
        ):
            return exports.taken(_letter(unit), kind, request.user, unit)
    found = freezing.months_of(unit)
    context = {
        "unit": unit,
        "shown": shown(months_table(found), {k: f"export={k}" for k in exports.KINDS}),
        "to_sign": [each.span for each in found if each.frozen is None],
        "may_sign": may(request.user, Right.SIGN_FIGURES, unit),
    }
    return render(request, "contributions/months.html", context)


@require_POST
def sign(request: AdminRequest, page_id: int) -> HttpResponse:
    unit = _unit(request, page_id)
    if not may(request.user, Right.SIGN_FIGURES, unit):
        raise Http404
    month = spans.of_code(request.POST.get("month", ""))
    if month is None or month.kind is not Kind.MONTH:
        raise Http404
    try:
        freezing.freeze(unit, month, request.user)
    except freezing.NotFrozenError:
        messages.error(request, _("A month is signed once, and only when it is over."))
    else:
        messages.success(request, _("%(month)s was signed.") % {"month": month.name})
    return redirect("contributions_months", unit.pk)


def _unit(request: AdminRequest, page_id: int) -> UnitPage:
    units = UnitPage.objects.filter(within(request.user, Right.SEE_REPORTS))
    unit: UnitPage = get_object_or_404(units, pk=page_id)
    return unit


def _letter(unit: UnitPage) -> Letter:
    above = UnitPage.objects.filter(path=unit.path[: -unit.steplen]).first()
    table = months_table(freezing.months_of(unit))
    return Letter(
        sender=unit.title,
        above=above.title if above else "",
        subject=table.title,
        paragraphs=(),
        table=table,
        day=timezone.localdate(),
    )
