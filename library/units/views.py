"""Admin pages of memberships: a unit's admin manages the people of its subtree."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from library.units import members
from library.units.member_forms import DatesForm, MembershipForm
from library.units.models import Membership
from library.units.permissions import Right, paths_where, within

PER_PAGE = 50


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


def manages_somebody(request: HttpRequest) -> bool:
    return bool(paths_where(request.user, Right.MANAGE_MEMBERS))


def managed(request: AdminRequest) -> QuerySet[Membership]:
    """The memberships this person may see and end."""
    if not manages_somebody(request):
        raise PermissionDenied
    return Membership.objects.filter(
        within(request.user, Right.MANAGE_MEMBERS, "unit__path")
    ).select_related("user", "unit")


@require_safe
def index(request: AdminRequest) -> HttpResponse:
    rows = managed(request).order_by("unit__path", "role", "user__username")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "units/members.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AdminRequest) -> HttpResponse:
    managed(request)
    form = MembershipForm(request.POST or None, by=request.user)
    if not form.is_valid():
        return render(request, "units/member_form.html", {"form": form})
    answers = form.cleaned_data
    members.grant(
        answers["person"],
        answers["unit"],
        answers["role"],
        valid_from=answers["valid_from"],
        valid_until=answers["valid_until"],
        by=request.user,
    )
    messages.success(request, _("The role was given."))
    return redirect("unit_members:index")


@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: AdminRequest, membership_id: int) -> HttpResponse:
    """Of a role that was given, also of one that ended: it is then given again."""
    held = get_object_or_404(managed(request), pk=membership_id)
    if held.user == request.user and not request.user.is_superuser:
        messages.error(request, _("Nobody gives a role to themselves."))
        return redirect("unit_members:index")
    known = {"valid_from": held.valid_from, "valid_until": held.valid_until}
    form = DatesForm(request.POST or None, initial=known)
    if not form.is_valid():
        context = {"form": form, "membership": held}
        return render(request, "units/member_dates.html", context)
    members.change_dates(held, request.user, **form.cleaned_data)
    messages.success(request, _("The dates were changed."))
    return redirect("unit_members:index")


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AdminRequest, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(managed(request), pk=membership_id)
    if membership.is_over:
        messages.error(request, _("This role has ended already."))
        return redirect("unit_members:index")
    if request.method != "POST":
        return _ask_to_end(request, membership)
    try:
        members.end(membership, request.user)
    except members.LastAdminError:
        return _ask_to_end(request, membership)
    messages.success(request, _("The role ended."))
    goes_on = manages_somebody(request)
    return redirect("unit_members:index" if goes_on else "catalogue:home")


def _ask_to_end(request: AdminRequest, membership: Membership) -> HttpResponse:
    """What ending it means, or why it cannot be ended and what to do first."""
    context = {
        "membership": membership,
        "is_own": membership.user == request.user,
        "is_last_admin": members.is_last_admin(membership),
        "is_refused": members.keeps_the_last_admin(membership, request.user),
    }
    return render(request, "units/member_end.html", context)
