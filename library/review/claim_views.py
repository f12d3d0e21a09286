"""Claiming a clip, giving it back and taking it over, as requests and answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from library.review import claims, notices
from library.review.answers import name_of
from library.review.dossier import Dossier
from library.review.errors import RefusedError
from library.review.views import AdminRequest, found_for


@require_POST
def claim(request: AdminRequest, pk: int) -> HttpResponse:
    found = found_for(request, pk)
    if found.step is None:
        return _nothing_waits(request, found)
    try:
        claims.take(found.step, request.user)
    except RefusedError as error:
        messages.error(request, str(error))
    except PermissionDenied as error:
        raise Http404 from error
    return redirect("review:clip", pk)


@require_POST
def give_back(request: AdminRequest, pk: int) -> HttpResponse:
    found = found_for(request, pk)
    if found.step is not None and claims.give_back(found.step, request.user):
        messages.success(request, _("You gave the clip back; others may take it."))
    return redirect("review:clip", pk)


@require_http_methods(["GET", "POST"])
def take_over(request: AdminRequest, pk: int) -> HttpResponse:
    """The warning, then the act: whoever had the clip is told."""
    found = found_for(request, pk)
    if found.step is None:
        return _nothing_waits(request, found)
    if not found.step.task.specific.may(found.clip, request.user):
        raise Http404
    if request.method != "POST":
        return render(request, "review/take_over.html", {"found": found})
    seen = request.POST.get("from", "")
    try:
        before = claims.take_over(
            found.step, request.user, int(seen) if seen.isdecimal() else 0
        )
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("review:clip", pk)
    if before is not None:
        notices.taken_over(found.step, before, request.user)
        said = _("You review the clip now; %(person)s is told.")
        messages.success(request, said % {"person": name_of(before)})
    return redirect("review:clip", pk)


def _nothing_waits(request: AdminRequest, found: Dossier) -> HttpResponse:
    messages.error(request, _("This review has already been answered."))
    return redirect("review:clip", found.clip.pk)
