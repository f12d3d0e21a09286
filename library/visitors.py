"""Who comes by: from which address, and what tells a program from a person."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|scan|curl|wget|python|java/|go-http|^$",
    re.IGNORECASE,
)


def is_robot(request: HttpRequest) -> bool:
    """By the name it gives itself; whoever lies about that is taken for a person."""
    return bool(_ROBOT.search(request.headers.get("User-Agent", "")))


def address(request: HttpRequest) -> str:
    """As the outermost of our own proxies saw it, each of which adds one to the header.

    What stands before that may be anybody's invention. Without proxies, or where the
    header does not come from them: whoever is connected.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if not 0 < settings.PROXY_COUNT <= len(hops):
        return connected
    try:
        return str(ipaddress.ip_address(hops[-settings.PROXY_COUNT].strip()))
    except ValueError:
        return connected
