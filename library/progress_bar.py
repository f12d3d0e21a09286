"""A progress bar for commands: one line that moves on a terminal, few lines in a log."""

from __future__ import annotations

import time
from typing import Protocol

WIDTH = 30
LOG_EVERY_S = 20.0


class Stream(Protocol):
    def write(
        self, msg: str = ..., style_func: None = ..., ending: str | None = ...
    ) -> object: ...
    def isatty(self) -> bool: ...


class ProgressBar:
    def __init__(self, stream: Stream, title: str) -> None:
        self._stream = stream
        self._title = title
        self._said_at = float("-inf")
        self._said = ""

    def show(self, done: int, total: int) -> None:
        filled = WIDTH * done // total if total else WIDTH
        text = f"{self._title} [{'#' * filled:-<{WIDTH}}] {done}/{total}"
        if self._stream.isatty():
            self._stream.write(f"\r{text}", ending="")
        elif time.monotonic() - self._said_at >= LOG_EVERY_S or done == total:
            self._log(text)

    def _log(self, text: str) -> None:
        self._said_at = time.monotonic()
        if text != self._said:
            self._said = text
            self._stream.write(text)

    def close(self) -> None:
        if self._stream.isatty():
            self._stream.write("")
