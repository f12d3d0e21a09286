"""Keeps questions away from a server that does not answer, and tries it again by and by."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

FIRST_PAUSE_S = 5.0
LONGEST_PAUSE_S = 60.0


class Breaker:
    """Of one server, for one process. Closed, it lets everything pass.

    After a failure it is open for a while; then one call passes to try, and the others
    wait for how that one ends. Each failure in a row makes the pause twice as long.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pause_s = 0.0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        return self._pause_s > 0

    def allows(self) -> bool:
        """Whether to ask the server now; who may must say how it went."""
        with self._lock:
            if not self._pause_s:
                return True
            if self._clock() < self._until:
                return False
            # Should this one never tell, another may try when the pause is over again.
            self._until = self._clock() + self._pause_s
            return True

    def worked(self) -> None:
        with self._lock:
            was_open, self._pause_s = self.is_open, 0.0
        if was_open:
            logger.warning("the search server answers again")

    def failed(self, error: Exception) -> None:
        with self._lock:
            self._pause_s = min(self._pause_s * 2 or FIRST_PAUSE_S, LONGEST_PAUSE_S)
            self._until = self._clock() + self._pause_s
            pause_s = self._pause_s
        logger.warning("the search server is left alone for %.0f s: %s", pause_s, error)
