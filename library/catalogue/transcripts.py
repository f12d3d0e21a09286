"""The transcript of a clip, and search inside it: which lines say the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from library.catalogue.cards import clip_url, clock
from library.clips import captions
from library.clips.models import CaptionTrack, ClipPage
from search import index
from search.queries import Query
from search.questions import with_synonyms
from search.results import Spans

PARAMETER = "tim"
MEANINGS_KEPT_S = 60


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
    """Of the Vietnamese captions, or of those in which most of what was sought is said."""
    tracks = sorted(clip.captions.all(), key=lambda track: track.language != "vi")
    query = Query(parameters.get(PARAMETER, ""))
    if query.is_browsing or not tracks:
        return Transcript(lines_of(clip, tracks[0]) if tracks else ())
    said = {
        (moment.start_ms, moment.text): moment.highlight
        for moment in index.moments(clip.pk, query)
    }
    searched = [
        Transcript(_searched(lines_of(clip, track), said, query), query.text)
        for track in tracks
    ]
    return max(searched, key=lambda transcript: transcript.found)


@require_safe
def meanings(request: HttpRequest) -> JsonResponse:
    """What typed words stand for, folded: for the script that searches in the lines."""
    question = with_synonyms(Query(request.GET.get(PARAMETER, "")))
    answer = [
        {
            "typed": [word.folded for word in wish.typed],
            "others": [[word.folded for word in other] for other in wish.others],
        }
        for wish in question.wishes
        if wish.others
    ]
    response = JsonResponse({"meanings": answer})
    response["Cache-Control"] = f"public, max-age={MEANINGS_KEPT_S}"
    return response


def lines_of(clip: ClipPage, track: CaptionTrack) -> tuple[Line, ...]:
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
        for cue in captions.cues(track)
    )


def search_url(clip_address: str, text: str) -> str:
    """The watch page with what `text` finds in it."""
    return f"{clip_address}?{_encoded(text)}#loi-thoai"


def _searched(
    lines: tuple[Line, ...], said: Mapping[tuple[int, str], Spans], query: Query
) -> tuple[Line, ...]:
    """The same lines, those that the engine did not find hidden."""
    return tuple(
        replace(
            line,
            url=f"{line.url}&{_encoded(query.text)}",
            spans=said.get((line.start_ms, line.text)) or line.spans,
            is_hidden=(line.start_ms, line.text) not in said,
        )
        for line in lines
    )


def _encoded(text: str) -> str:
    parameters = QueryDict(mutable=True)
    parameters[PARAMETER] = text
    return parameters.urlencode()
