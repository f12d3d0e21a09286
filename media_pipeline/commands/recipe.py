"""What an encode needs to know besides its rungs."""

from __future__ import annotations

from dataclasses import dataclass

from media_pipeline.ladder import Ladder
from media_pipeline.source import Source
from media_pipeline.spans import Span

AUDIO = "audio"
OPUS = "audio-opus"


@dataclass(frozen=True)
class Recipe:
    """One source, its ladder, and the ffmpeg at hand."""

    ffmpeg: str
    source: Source
    ladder: Ladder
    threads: int = 0  # of each encoder; 0: ffmpeg decides
    opus: bool = False  # the sound once more, for data savers
    span: Span | None = None  # of the picture; None: all of it

    @property
    def sounds(self) -> tuple[str, ...]:
        """Folders of the sound's encodings, the one that every player knows first."""
        if self.source.sound is None:
            return ()
        return (AUDIO, OPUS) if self.opus else (AUDIO,)
