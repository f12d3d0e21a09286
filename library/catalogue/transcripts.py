"""The transcript of a clip, and search inside it: which lines say the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from library.catalogue.cards import clip_url, clock
from library.clips import vtt
from library.clips.models import ClipPage
from search.highlights import highlight
from search.queries import Query
from search.results import Spans
from search.text import tokens

PARAMETER = "tim"


@dataclass(frozen=True)
class Line:
    """One caption of the transcript."""

    start_ms: int
    end_ms: int
    clock: str
    text: str
    url: str  # works without a script too
    spans: Spans
    is_hidden: bool = False


@dataclass(frozen=True)
class Transcript:
    """As it is shown: all lines, and those that do not say what was sought hidden."""

    lines: tuple[Line, ...]
    sought: str = ""

    @property
    def found(self) -> int:
        return sum(not line.is_hidden for line in self.lines)


def transcript_of(clip: ClipPage, parameters: QueryDict) -> Transcript:
    lines = lines_of(clip)
    query = Query(parameters.get(PARAMETER, ""))
    return Transcript(lines) if query.is_browsing else _searched(lines, query)


def lines_of(clip: ClipPage) -> tuple[Line, ...]:
    """The lines of the first captions; Vietnamese ones before others."""
    tracks = sorted(clip.captions.all(), key=lambda track: track.language != "vi")
    if not tracks:
        return ()
    address = clip_url(clip)
    return tuple(
        Line(
            start_ms=cue.start_ms,
            end_ms=cue.end_ms,
            clock=clock(cue.start_ms),
            text=cue.text,
            url=f"{address}?t={cue.start_ms // 1000}",
            spans=((cue.text, False),),
        )
        for cue in vtt.cues_of(tracks[0].vtt.encode())
    )


def search_url(clip_address: str, text: str) -> str:
    """The watch page with what `text` finds in it."""
    return f"{clip_address}?{_encoded(text)}#loi-thoai"


def _searched(lines: Sequence[Line], query: Query) -> Transcript:
    """As in the results: the lines with the most of the words, if with at least half."""
    words = frozenset(word.folded for word in query.words)
    held = [len(words & {word.folded for word in tokens(line.text)}) for line in lines]
    enough = max([*held, (len(words) + 1) // 2, 1])
    shown = [
        replace(
            line,
            url=f"{line.url}&{_encoded(query.text)}",
            spans=highlight(line.text, words),
            is_hidden=number < enough,
        )
        for line, number in zip(lines, held, strict=True)
    ]
    return Transcript(tuple(shown), query.text)


def _encoded(text: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters[PARAMETER] = text
    return parameters.urlencode()
