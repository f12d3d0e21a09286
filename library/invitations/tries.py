"""How often codes may be guessed: counted by session and by address, for an hour.

Many share an address (a school, or all that come through a proxy), so an address has
more tries than a session; either number is nothing against the codes there may be.
"""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from library import visitors
from library.invitations.models import WrongTry

AN_HOUR = datetime.timedelta(hours=1)
BY_SESSION = 10
BY_ADDRESS = 300


def are_used_up(request: HttpRequest) -> bool:
    since = timezone.now() - AN_HOUR
    return any(
        WrongTry.objects.filter(who=who, at__gt=since).count() >= most
        for who, most in _names(request).items()
    )


def count(request: HttpRequest) -> None:
    """A wrong one; those of more than an hour ago are forgotten."""
    if request.session.session_key is None:
        request.session.create()
    WrongTry.objects.filter(at__lte=timezone.now() - AN_HOUR).delete()
    WrongTry.objects.bulk_create(WrongTry(who=who) for who in _names(request))


def _names(request: HttpRequest) -> dict[str, int]:
    """Who tries, unreadable without the site's key, and how often each may."""
    named = {f"address {visitors.address(request)}": BY_ADDRESS}
    if key := request.session.session_key:
        named[f"session {key}"] = BY_SESSION
    return {_digest(who): most for who, most in named.items()}


def _digest(who: str) -> str:
    return salted_hmac("library.invitations.tries", who, algorithm="sha256").hexdigest()
