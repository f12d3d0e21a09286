"""A watch page carries a ticket: with it the page can say, not too soon, that it was watched.

Signed, so that nobody counts a clip without having asked for its page and waited.
"""

from __future__ import annotations

import time

from django.core import signing

WATCHED_S = 10
_GOOD_FOR_S = 24 * 3600
_SALT = "library.viewing.ticket"


def wanted_s(duration_ms: int) -> int:
    """How much of a clip must be watched: ten seconds, or all of a shorter one."""
    return min(WATCHED_S, duration_ms // 1000)


def issue(clip_id: int, duration_ms: int) -> str:
    told = [clip_id, int(time.time()), wanted_s(duration_ms)]
    return signing.dumps(told, salt=_SALT)


def is_good(ticket: str, clip_id: int) -> bool:
    """Ours, for this clip, neither older than a day nor too young to have watched it."""
    try:
        told = signing.loads(ticket, salt=_SALT, max_age=_GOOD_FOR_S)
    except signing.BadSignature:
        return False
    clip, issued_at, wait_s = told
    return bool(clip == clip_id and time.time() - issued_at >= wait_s)
