"""Who comes by: what tells a program from a person."""

from __future__ import annotations

import re

from django.http import HttpRequest

_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|scan|curl|wget|python|java/|go-http|^$",
    re.IGNORECASE,
)


def is_robot(request: HttpRequest) -> bool:
    """By the name it gives itself; whoever lies about that is taken for a person."""
    return bool(_ROBOT.search(request.headers.get("User-Agent", "")))
