"""What a library does by the clock: dates that come due, roles that end, uploads left over."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from library import indexing, journey
from library.consent import papers, problems
from library.founding import found
from library.reorganising import applying
from library.review import escalation, inbox
from library.sought import counting
from library.units import members
from library.uploads import sessions
from media_pipeline.likeness import digests, prints

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """Something safe to do at any time, and how often it is worth it."""

    name: str
    every_s: int
    do: Callable[[], object]


def publish_due() -> None:
    """Pages with a date; of clips, only what a review has approved."""
    call_command("publish_scheduled")


def finish_uploads() -> int:
    """Whole, but the server died before the next stage and nobody came back."""
    whole = sessions.complete_but_unfinished()
    for session in whole:
        # Somebody came back just now, or the clip takes no other file any more.
        with contextlib.suppress(
            sessions.AlreadyFinishedError, sessions.UploadRefusedError
        ):
            journey.received(session)
    return len(whole)


CHORES = (
    Chore("let the search catch up", 30, indexing.catch_up),
    Chore("found the library", 24 * 3600, found),
    Chore("publish what is due", 60, publish_due),
    Chore("reorganise units on their day", 600, applying.due),
    Chore("finish uploads that are whole", 60, finish_uploads),
    Chore("end roles that are over", 600, members.refresh),
    Chore("sweep expired uploads", 3600, sessions.clean),
    Chore("lift reviews that are overdue", 3600, escalation.lift_overdue),
    Chore("send the daily digests", 3600, inbox.send_digests),
    Chore("tell the search what is watched", 6 * 3600, journey.views_told),
    Chore("forget old questions", 6 * 3600, counting.sweep),
    Chore("take hashes of older files", 3600, digests.request_missing),
    Chore("take fingerprints of older clips", 3600, prints.request_missing),
    Chore("forget who reported problems", 3600, problems.forget),
    Chore("sweep papers of nobody", 6 * 3600, papers.sweep),
)


class Round:
    """Does each chore when its time has come; one that fails does not stop the others."""

    def __init__(self, chores: tuple[Chore, ...] = CHORES) -> None:
        self._due = dict.fromkeys(chores, 0.0)

    def run(self, now: float | None = None) -> list[str]:
        """The names of the chores that were done."""
        now = time.monotonic() if now is None else now
        due = [chore for chore, at in self._due.items() if now >= at]
        for chore in due:
            self._due[chore] = now + chore.every_s
        return [chore.name for chore in due if _done(chore)]


def _done(chore: Chore) -> bool:
    try:
        chore.do()
    except (DatabaseError, InterfaceError, OSError):
        # Whatever is away comes back; the next round does what this one could not.
        logger.exception("upkeep could not %s", chore.name)
        connection.close()
        return False
    return True


def go_on(pause_s: float = 5.0) -> None:
    """Until the process is ended."""
    round_ = Round()
    while True:
        round_.run()
        time.sleep(pause_s)
        close_old_connections()
