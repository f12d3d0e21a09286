"""Caption files: WebVTT or SubRip bytes in, plain cues out, clean WebVTT written anew."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from media_pipeline.errors import RefusedError

MAX_BYTES = 1024**2
_TIME = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{3})"
_TIMING = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_TAG = re.compile(r"</?[a-zA-Z0-9.][^<>]*>|<!--.*?-->|\{\\[^{}]*\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e]")


class Cue(NamedTuple):
    """One caption. `text` is plain NFC text without markup; lines end in newlines."""

    start_ms: int
    end_ms: int
    text: str


def parse(data: bytes) -> tuple[Cue, ...]:
    """The cues in order of time. Raises RefusedError("bad_subtitle")."""
    lines = _decoded(data).split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    is_vtt = re.match(r"WEBVTT(?:[ \t]|$)", first) is not None
    # SubRip has no header: its first line is a number or already a time.
    if not (is_vtt or first.isdecimal() or _TIMING.match(first)):
        raise RefusedError("bad_subtitle", f"starts with {first[:40]!r}")
    cues = sorted(_cues(lines), key=lambda cue: (cue.start_ms, cue.end_ms))
    if not cues:
        raise RefusedError("bad_subtitle", "no caption in it")
    return tuple(cues)


def to_vtt(cues: Iterable[Cue]) -> str:
    """WebVTT in which nothing but text can be: every `<`, `>` and `&` is escaped."""
    blocks = ["WEBVTT"]
    for cue in cues:
        times = f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}"
        blocks.append(f"{times}\n{html.escape(cue.text, quote=False)}")
    return "\n\n".join(blocks) + "\n"


def _decoded(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise RefusedError("bad_subtitle", f"{len(data)} bytes")
    is_utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    try:
        text = data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("bad_subtitle", str(error)) from error
    if "\0" in text:
        raise RefusedError("bad_subtitle", "binary")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cues(lines: list[str]) -> Iterator[Cue]:
    """A cue is a line of times and what follows up to an empty line; all else (header,
    numbers, NOTE, STYLE and REGION blocks) is passed over."""
    timing: re.Match[str] | None = None
    text: list[str] = []
    for line in [*lines, ""]:
        found = _TIMING.match(line) if "-->" in line else None
        if line.strip() and not found:
            text.append(line)
            continue
        if timing and (cue := _cue(timing, text)):
            yield cue
        timing, text = found, []


def _cue(timing: re.Match[str], lines: list[str]) -> Cue | None:
    parts = timing.groups()
    start_ms, end_ms = _ms(parts[:4]), _ms(parts[4:])
    text = _plain("\n".join(lines))
    return Cue(start_ms, end_ms, text) if text and end_ms > start_ms else None


def _ms(parts: Sequence[str]) -> int:
    hours, minutes, seconds, rest = parts
    of_hour = int(minutes) * 60 + int(seconds)
    return (int(hours or 0) * 3600 + of_hour) * 1000 + int(rest)


def _plain(text: str) -> str:
    bare = _TAG.sub("", text) if "<" in text or "{" in text else text
    text = html.unescape(bare)
    text = unicodedata.normalize("NFC", text)
    # Control characters go, and what turns the way of writing; most texts have neither.
    if not text.isprintable():
        text = _CONTROL.sub("", text)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(filter(None, lines))


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
