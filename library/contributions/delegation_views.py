"""Where a unit's admin passes the unit's target on to the units right below."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from library.contributions import delegating, goals
from library.contributions.delegation_forms import DelegationForm
from library.contributions.models import Campaign
from library.units.models import UnitPage
from library.units.permissions import Right, highest, within


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


@require_safe
def index(request: AdminRequest) -> HttpResponse:
    """The highest units whose targets the person passes on; one is opened at once."""
    paths = highest(_units(request).values_list("path", flat=True))
    if not paths:
        raise Http404
    units = list(UnitPage.objects.filter(path__in=paths).order_by("path"))
    if len(units) == 1:
        return redirect("contributions_targets_of", units[0].pk)
    return render(request, "contributions/targets.html", {"units": units})


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: AdminRequest, page_id: int) -> HttpResponse:
    unit = get_object_or_404(_units(request), pk=page_id)
    campaign = _campaign(request)
    if campaign is None:
        return render(request, "contributions/no_campaign.html")
    found = delegating.delegation(campaign, unit)
    form = DelegationForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        clips, members = form.numbers("clips"), form.numbers("members")
        delegating.delegate(found, clips, members, request.user)
        messages.success(request, _("The targets were written down."))
        return redirect(request.get_full_path())
    context = {"found": found, "form": form, "campaigns": Campaign.objects.all()}
    return render(request, "contributions/delegation.html", context)


def _units(request: AdminRequest) -> QuerySet[UnitPage]:
    """Those for which the person may; a superuser for all."""
    return UnitPage.objects.filter(within(request.user, Right.DELEGATE_TARGETS))


def _campaign(request: AdminRequest) -> Campaign | None:
    chosen = request.GET.get("campaign", "")
    every = list(Campaign.objects.all())
    named = [each for each in every if str(each.pk) == chosen]
    return named[0] if named else goals.running(every, timezone.localdate())
