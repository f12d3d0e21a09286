"""What a device remembers for an hour: which clips it has been counted for.

It is kept by the device alone, in a signed cookie; here nothing of a device is stored.
"""

from __future__ import annotations

import time

from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "da-xem"
AN_HOUR_S = 3600
_MOST = 60  # a cookie has room for so many
_SALT = "library.viewing.device"


def remembered(request: HttpRequest) -> dict[int, int]:
    """When (seconds since 1970) each clip of the last hour was counted."""
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT)
    except signing.BadSignature:
        return {}
    an_hour_ago = time.time() - AN_HOUR_S
    return {int(clip): at for clip, at in told.items() if at > an_hour_ago}


def remember(request: HttpRequest, response: HttpResponse, clip_id: int) -> None:
    """Let the device remember this clip too; the oldest beyond a cookie's room goes."""
    kept = remembered(request) | {clip_id: int(time.time())}
    latest = sorted(kept.items(), key=lambda one: one[1])[-_MOST:]
    response.set_cookie(
        COOKIE,
        signing.dumps(dict(latest), salt=_SALT, compress=True),
        max_age=AN_HOUR_S,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
