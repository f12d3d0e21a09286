"""Duplicates, as requests and answers: what is told before an upload, and two clips side by
side inside Wagtail's admin."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from library import journey
from library.clips.models import ClipPage
from library.duplicates import same_bytes, suspicions
from library.duplicates.deciding import RefusedError, RulingForm
from library.duplicates.models import Verdict
from library.duplicates.suspicions import Suspicion
from library.units.permissions import Right, may


class SignedIn(HttpRequest):
    """What is left behind `login_required` and the admin's door: somebody's request."""

    user: User


@login_required
@require_POST
def known(request: SignedIn) -> JsonResponse:
    """Asked by a browser about a file that it has not begun to send."""
    if same_bytes.is_asking_too_often(request.user):
        return JsonResponse(asdict(same_bytes.Told()), status=429)
    return JsonResponse(asdict(same_bytes.looked_up(request.user, request.POST)))


@require_http_methods(["GET", "POST"])
def compare(request: SignedIn, page_id: int, other_id: int) -> HttpResponse:
    found = _found(request, page_id, other_id)
    if request.method == "POST":
        return _decided(request, found)
    seen = found.ruling.pk if found.ruling else ""
    form = RulingForm(initial={"seen": seen})
    return render(request, "duplicates/compare.html", {"found": found, "form": form})


def _found(request: SignedIn, page_id: int, other_id: int) -> Suspicion:
    """404 for whoever does not review the clip, or may not see the other one."""
    clip = get_object_or_404(ClipPage, pk=page_id)
    if not may(request.user, Right.REVIEW_CLIPS, clip):
        raise Http404
    found = suspicions.between(clip, other_id, request.user)
    if found is None or found.beside.is_hidden:
        raise Http404
    return found


def _decided(request: SignedIn, found: Suspicion) -> HttpResponse:
    if not found.may_rule:
        raise Http404
    form = RulingForm(request.POST)
    if not form.is_valid():
        shown = {"found": found, "form": form}
        return render(request, "duplicates/compare.html", shown, status=422)
    said = form.cleaned_data
    verdict = Verdict(said["verdict"])
    try:
        journey.ruled(found, request.user, verdict, said["words"], said["seen"])
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    messages.success(request, _("Your decision about the two clips is kept."))
    return redirect(reverse("review:clip", args=[found.clip.pk]))
