"""Admin pages of invitations: a unit's admin invites people to its subtree."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from library.invitations import accepting, inviting
from library.invitations.forms import InvitationForm
from library.invitations.models import Invitation, InvitationQuerySet
from library.invitations.rows import rows_of, slips_of
from library.units.permissions import Right, paths_where

PER_PAGE = 50
MOST_SLIPS = 200


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


def invites(request: HttpRequest) -> bool:
    return bool(paths_where(request.user, Right.MANAGE_MEMBERS))


def managed(request: AdminRequest) -> InvitationQuerySet:
    if not invites(request):
        raise PermissionDenied
    return inviting.managed_by(request.user)


@require_safe
@never_cache
def index(request: AdminRequest) -> HttpResponse:
    """The open ones; on another tab those that were used, withdrawn or expired."""
    known = managed(request)
    is_over = request.GET.get("state") == "over"
    open_ = known.open()
    shown = known.exclude(pk__in=open_.values("pk")) if is_over else open_
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "is_over": is_over, "rows": rows_of(list(page))}
    context["has_codes"] = open_.filter(email="").exists()
    return render(request, "invitations/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AdminRequest) -> HttpResponse:
    managed(request)
    form = InvitationForm(request.POST or None, by=request.user)
    if not form.is_valid():
        return render(request, "invitations/new.html", {"form": form})
    if addresses := form.cleaned_data["emails"]:
        made = inviting.by_mail(form.offer(), addresses, request.user)
        messages.success(request, _invited(len(made)))
        return redirect("unit_invitations:index")
    code = inviting.by_code(form.offer(), form.cleaned_data["places"], request.user)
    messages.success(request, _("The code was made. Print it, or read it out."))
    return redirect(f"{reverse('unit_invitations:slips')}?id={code.pk}")


def _invited(number: int) -> str:
    said = ngettext(
        "%(number)s invitation is sent by mail.",
        "%(number)s invitations are sent by mail.",
        number,
    )
    return said % {"number": number}


@require_safe
@never_cache
def slips(request: AdminRequest) -> HttpResponse:
    """The one that is asked for, or all open codes of the subtree."""
    shown = managed(request).open().filter(email="")
    if asked := request.GET.get("id"):
        number = int(asked) if asked.isdecimal() else 0
        shown = shown.filter(pk=number)
    held = [row for row in shown[:MOST_SLIPS] if not accepting.trouble(row)]
    context = {"slips": list(slips_of(held))}
    return render(request, "invitations/slips.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: AdminRequest, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(managed(request), pk=invitation_id)
    if request.method != "POST":
        context = {"invitation": invitation, "used": invitation.uses.count()}
        return render(request, "invitations/withdraw.html", context)
    if inviting.withdraw(invitation, request.user):
        messages.success(request, _("The invitation was withdrawn."))
    else:
        messages.error(request, _("This invitation was withdrawn already."))
    return redirect("unit_invitations:index")


@require_POST
def send_again(request: AdminRequest, invitation_id: int) -> HttpResponse:
    invitation: Invitation = get_object_or_404(
        managed(request).exclude(email=""), pk=invitation_id
    )
    if why := accepting.trouble(invitation):
        messages.error(request, why)
    else:
        inviting.send_again(invitation, request.user)
        messages.success(request, _invited(1))
    return redirect("unit_invitations:index")
