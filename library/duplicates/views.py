"""What people ask about duplicates, as requests and answers."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from library.duplicates import same_bytes


class SignedIn(HttpRequest):
    """What is left behind `login_required`: somebody's request."""

    user: User


@login_required
@require_POST
def known(request: SignedIn) -> JsonResponse:
    """Asked by a browser about a file that it has not begun to send."""
    if same_bytes.is_asking_too_often(request.user):
        return JsonResponse(asdict(same_bytes.Told()), status=429)
    return JsonResponse(asdict(same_bytes.looked_up(request.user, request.POST)))
