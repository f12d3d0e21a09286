"""Whether the live server of a test is still at an answer.

It works on the test's own connection: a page that asks by itself while the tables are
emptied after the test would find them locked, or keep the emptying from them.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from django.core.signals import request_finished, request_started

PATIENCE_S = 30
A_MOMENT_S = 0.05  # what a browser sent before it was closed has begun by then
_at_work: set[int] = set()


def _begins(**kwargs: Any) -> None:
    if threading.current_thread() is not threading.main_thread():
        _at_work.add(threading.get_ident())


def _ends(**kwargs: Any) -> None:
    _at_work.discard(threading.get_ident())


request_started.connect(_begins)
request_finished.connect(_ends)


def ended() -> None:
    """Waits until nothing is at work; a thread that died has ended, too."""
    until = time.monotonic() + PATIENCE_S
    time.sleep(A_MOMENT_S)
    while _at_work & {thread.ident for thread in threading.enumerate()}:
        assert time.monotonic() < until, "the live server does not come to an end"
        time.sleep(A_MOMENT_S)
    _at_work.clear()
