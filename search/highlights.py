"""Where the words of a query stand in a text as it is written; spans, never HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from search.results import Spans
from search.text import Token, occurrences

_SNIPPET_LETTERS = 200
_BEFORE = 60
_CUT = "…"


def highlight(text: str, words: Collection[str], prefix: str = "") -> Spans:
    """Cut the text at the words (folded) and at the last, half-typed one."""
    return _spans(text, 0, len(text), occurrences(text, words, prefix))


def snippet(text: str, words: Collection[str]) -> Spans:
    """The part of the text where most of the words stand, else its beginning."""
    matches = occurrences(text, words)
    start, end = _window(text, matches)
    spans = _spans(text, start, end, matches)
    before: Spans = ((_CUT, False),) if start else ()
    after: Spans = ((_CUT, False),) if end < len(text) else ()
    return before + spans + after


def _window(text: str, matches: Sequence[Token]) -> tuple[int, int]:
    if len(text) <= _SNIPPET_LETTERS:
        return 0, len(text)
    start = 0
    if matches:
        start = max(_richest(matches).start - _BEFORE, 0)
    start = min(start, len(text) - _SNIPPET_LETTERS)
    end = start + _SNIPPET_LETTERS
    if start and (space := text.find(" ", start, start + 30)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", end - 30, end)) > start:
        end = space
    return start, end


def _richest(matches: Sequence[Token]) -> Token:
    """The first match from where a snippet would hold the most different words."""
    held: Counter[str] = Counter()
    best, most, upto = matches[0], 0, 0
    for number, first in enumerate(matches):
        reach = first.start + _SNIPPET_LETTERS - _BEFORE
        while upto < len(matches) and (upto <= number or matches[upto].end <= reach):
            held[matches[upto].folded] += 1
            upto += 1
        if len(held) > most:
            best, most = first, len(held)
        held[first.folded] -= 1
        held += Counter()  # drops what is down to nothing
    return best


def _spans(text: str, start: int, end: int, matches: Sequence[Token]) -> Spans:
    spans: list[tuple[str, bool]] = []
    at = start
    for token in matches:
        if token.start < at or token.end > end:
            continue
        between = text[at : token.start]
        if spans and spans[-1][1] and not between.strip():
            # Neighbours are one piece: "Toán học", not "Toán" and "học".
            spans[-1] = (spans[-1][0] + between + token.text, True)
        else:
            if between:
                spans.append((between, False))
            spans.append((token.text, True))
        at = token.end
    if at < end:
        spans.append((text[at:end], False))
    return tuple(spans)
