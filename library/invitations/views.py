"""The public pages of an invitation: who invites to what, an account, accepting.

The code is in the address only where a slip or mail leads to: it goes into the session
there, so that neither Referer nor the address to return to after signing in tells it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from library.invitations import accepting, codes, tries
from library.invitations.forms import AccountForm, CodeForm
from library.invitations.models import Invitation
from library.units import names
from library.units.member_forms import ROLES

KEPT = "invitation"  # the code, in the session
BY_PASSWORD = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 - a class

View = Callable[..., HttpResponse]


def discreet(view: View) -> View:
    """Neither kept by a cache nor told to another site."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    return guarded


def sparing(view: View) -> View:
    """Where codes are looked up: who guessed too often learns of no more, right or wrong."""

    @discreet
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if tries.are_used_up(request):
            return render(request, "invitations/too_many.html", status=429)
        return view(request, *args, **kwargs)

    return guarded


@discreet
def open_by_address(request: HttpRequest, invitation_code: str) -> HttpResponse:
    """Leads on in any case: an error is logged with its address."""
    request.session[KEPT] = codes.read(invitation_code)
    if not request.session[KEPT]:
        messages.error(request, _("This address is not complete. Type the code."))
    return redirect("invitations:welcome")


@require_http_methods(["GET", "HEAD", "POST"])
@sparing
def welcome(request: HttpRequest) -> HttpResponse:
    """Without an invitation in the session, or with one that is none: type its code."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        request.session[KEPT] = form.cleaned_data["code"]
        return redirect("invitations:welcome")
    invitation = _kept(request)
    why = accepting.trouble(invitation) if invitation else ""
    if invitation is None or why:
        request.session.pop(KEPT, None)
        context = {"form": form, "trouble": why}
        return render(request, "invitations/code.html", context)
    return render(request, "invitations/welcome.html", _told(invitation))


@require_POST
@sparing
def accept(request: HttpRequest) -> HttpResponse:
    """As the person who is signed in."""
    invitation = _kept(request)
    if invitation is None or not request.user.is_authenticated:
        return redirect("invitations:welcome")
    try:
        accepting.accept(invitation, request.user)
    except accepting.RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("invitations:welcome")
    return _begin(request, invitation)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sparing
def account(request: HttpRequest) -> HttpResponse:
    """For a newcomer: the account is made and the role given, or neither."""
    invitation = _kept(request)
    if (
        invitation is None
        or request.user.is_authenticated
        or accepting.trouble(invitation)
    ):
        return redirect("invitations:welcome")
    form = AccountForm(request.POST or None, initial={"email": invitation.email})
    if not form.is_valid():
        context = {"form": form} | _told(invitation)
        return render(request, "invitations/account.html", context)
    try:
        with transaction.atomic():
            user = form.save()
            accepting.accept(invitation, user)
    except accepting.RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("invitations:welcome")
    login(request, user, backend=BY_PASSWORD)
    return _begin(request, invitation)


def _kept(request: HttpRequest) -> Invitation | None:
    """The invitation in the session; a code that is none counts as a guess."""
    code = request.session.get(KEPT)
    if not code:
        return None
    if found := accepting.find(code):
        return found
    del request.session[KEPT]
    tries.count(request)
    messages.error(
        request,
        _("There is no invitation with this code. Compare it letter by letter."),
    )
    return None


def _begin(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Where a person of these roles begins is for the sign-in page to say."""
    request.session.pop(KEPT, None)
    told = {"role": invitation.get_role_display(), "unit": invitation.unit.title}
    words = _("Welcome! You are now %(role)s at “%(unit)s”.") % told
    messages.success(request, words)
    return redirect("login")


def _told(invitation: Invitation) -> dict[str, object]:
    by = invitation.made_by
    return {
        "invitation": invitation,
        "by": by and names.shown(by),
        "role": dict(ROLES)[invitation.role],
    }
