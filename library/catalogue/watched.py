"""A watch page says that it was watched, and the view is counted once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from library.catalogue.watch import guarded
from library.clips.models import ClipPage
from library.viewing import counting, device, tickets
from library.visitors import is_robot


# The ticket proves more than the token would, and guests have no session to keep one in.
@csrf_exempt
@require_POST
def watched(request: HttpRequest, clip_id: int) -> HttpResponseBase:
    """204, counted or not: not of people who work here, programs, or twice in an hour."""
    clip = get_object_or_404(ClipPage.objects.live(), pk=clip_id)
    return guarded(clip, request, lambda: _answer(request, clip_id))


def _answer(request: HttpRequest, clip_id: int) -> HttpResponse:
    if not tickets.is_good(request.POST.get("ticket", ""), clip_id):
        return HttpResponse(status=400)
    response = HttpResponse(status=204)
    if is_somebodys_first(request, clip_id):
        counting.count(clip_id)
        device.remember(request, response, clip_id)
    return response


def is_somebodys_first(request: HttpRequest, clip_id: int) -> bool:
    # Students have no accounts: whoever signs in contributes, reviews or administers.
    if request.user.is_authenticated or is_robot(request):
        return False
    return clip_id not in device.remembered(request)
