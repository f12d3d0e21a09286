"""Approving several clips at once: the preview, then what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from library.review import bulk
from library.review.views import AdminRequest


@require_http_methods(["GET", "POST"])
def approve(request: AdminRequest) -> HttpResponse:
    if request.method == "POST":
        outcomes = bulk.approve(request.user, _steps(request))
        failed = [one for one in outcomes if one.why_not]
        done = {"outcomes": outcomes, "failed": failed}
        return render(request, "review/bulk_done.html", done)
    chosen = [int(pk) for pk in request.GET.getlist("clip") if pk.isdecimal()]
    found = bulk.candidates(request.user, chosen[: bulk.MOST])
    if not found:
        messages.error(request, _("Choose clips that wait for your answer."))
        return redirect("review:queue")
    ready = sum(one.may_approve for one in found)
    context = {"found": found, "ready": ready}
    return render(request, "review/bulk.html", context)


def _steps(request: AdminRequest) -> dict[int, int]:
    """Each answer is `clip-step`, as the preview showed them."""
    pairs = [one.split("-") for one in request.POST.getlist("approve")[: bulk.MOST]]
    return {
        int(pair[0]): int(pair[1])
        for pair in pairs
        if len(pair) == 2 and all(part.isdecimal() for part in pair)
    }
