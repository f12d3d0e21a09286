"""One run of the engine: where it writes, who listens, and what is whole so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from media_pipeline.copying import Copied
from media_pipeline.ladder import Rung
from media_pipeline.session import Session
from media_pipeline.source import Source
from media_pipeline.tracks import Track

PROBE_SHARE = 0.03  # of the progress bar
FINISH_SHARE = 0.02

Phase = Literal["probe", "first", "rest", "finish"]


@dataclass(frozen=True)
class Seconds:
    wall: float
    cpu: float  # user + system of all children

    def __add__(self, other: Seconds) -> Seconds:
        return Seconds(round(self.wall + other.wall, 2), round(self.cpu + other.cpu, 2))


NOTHING = Seconds(0, 0)


@dataclass(frozen=True)
class Progress:
    fraction: float  # of the whole work, 0 to 1; never falls
    phase: Phase
    seconds_left: int | None  # None until there is something to go by


@dataclass
class Work:
    out_dir: Path
    session: Session
    on_progress: Callable[[Progress], None] | None = None
    started: float = field(default_factory=time.monotonic)
    fraction: float = 0.0
    begun: float = 0.0  # the share that others had done before
    before: Seconds = NOTHING  # what it took them
    cost: float = 1.0  # of all decodes to come, and of those that are done
    paid: float = 0.0
    tracks: dict[str, Track] = field(default_factory=dict)  # listed in the master
    copied: Copied | None = None  # lies in OUT_DIR, not listed yet
    target_s: int = 0  # of all playlists; 0: not known yet
    spoilt: int = 0  # pictures of the source, as far as it was decoded
    first_playable_s: float = 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def tell(self, fraction: float, phase: Phase) -> None:
        self.fraction = max(self.fraction, min(fraction, 1.0))
        if self.on_progress is None:
            return
        left = None
        if (mine := self.fraction - self.begun) > 0.05:
            left = round(self.seconds / mine * (1 - self.fraction))
        self.on_progress(Progress(round(self.fraction, 4), phase, left))

    def listener(self, source: Source, rungs: Sequence[Rung]) -> Callable[[str], None]:
        """Turns the `-progress` lines of a decode into the share of the whole work."""
        phase: Phase = "rest" if self.tracks else "first"
        before, cost = self.paid, cost_of(rungs)
        self.paid += cost

        def listen(line: str) -> None:
            name, _, value = line.partition("=")
            if name == "out_time_us" and value.isdigit():
                share = min(1.0, int(value) / 1000 / source.duration_ms)
                done = (before + share * cost) / max(self.cost, self.paid)
                self.tell(PROBE_SHARE + done * (1 - PROBE_SHARE - FINISH_SHARE), phase)

        return listen


def cost_of(rungs: Sequence[Rung]) -> float:
    """Roughly what a decode into `rungs` takes: the decode, then the pixels written."""
    return 500_000 + sum(rung.width * rung.height for rung in rungs)
