"""Several people or workers who do something in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeAlias

from django.db import connection, connections

from media_pipeline.jobs import lease

Act: TypeAlias = Callable[[], object]


def at_once(*acts: Act) -> list[object]:
    """Each in a thread with a connection of its own; what it returned or raised, in order.

    SQLite has no row to wait for: there a writer that finds the database taken tries
    again. On PostgreSQL nothing is tried again, so that two who wait for each other are
    seen.
    """
    start = threading.Barrier(len(acts))
    said: list[object] = [None] * len(acts)

    def run(place: int, act: Act) -> None:
        try:
            start.wait(timeout=30)
            said[place] = lease.patiently(act) if _tries_again() else act()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            said[place] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=run, args=(place, act))
        for place, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def midway(act: Act, at: str, other: Act) -> list[object]:
    """`other` comes when `act` is about to say something with `at` in it to the database.

    That waits until the other is done or, where the other has to wait for it, a second.
    """
    is_there, is_done = threading.Event(), threading.Event()

    def pause(execute: Any, sql: str, *rest: Any) -> Any:
        if at in sql and not is_there.is_set():
            is_there.set()
            is_done.wait(timeout=1)
        return execute(sql, *rest)

    def paused() -> object:
        with connection.execute_wrapper(pause):
            return act()

    def meanwhile() -> object:
        assert is_there.wait(timeout=30), f"nothing said {at}"
        try:
            return other()
        finally:
            is_done.set()

    return at_once(paused, meanwhile)


def errors(said: list[object]) -> list[type[Exception]]:
    return [type(each) for each in said if isinstance(each, Exception)]


def _tries_again() -> bool:
    return connection.vendor == "sqlite"
