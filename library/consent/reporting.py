"""The page on which anybody reports a problem with a public clip, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from library import journey
from library.clips.models import ClipPage
from library.consent import problems
from library.consent.forms import ProblemForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, clip_id: int) -> HttpResponse:
    clip = _public(clip_id)
    form = ProblemForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            sender = problems.sender_of(request)
            journey.problem_reported(clip, form.cleaned_data, sender)
        except problems.TooManyError:
            status = 429
        else:
            return redirect("consent:thanks", clip.pk)
    context = {"clip": clip, "form": form, "is_too_often": status == 429}
    return render(request, "consent/report.html", context, status=status)


@require_safe
def thanks(request: HttpRequest, clip_id: int) -> HttpResponse:
    return render(request, "consent/thanks.html", {"clip": _public(clip_id)})


def _public(clip_id: int) -> ClipPage:
    clip: ClipPage = get_object_or_404(ClipPage.objects.live().public(), pk=clip_id)
    return clip
