"""What the search knows about a clip: the record that the library hands over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class Label(NamedTuple):
    """A thing with an address and a name: a subject, a grade, a unit, a series."""

    code: str
    name: str


class Cue(NamedTuple):
    """One caption: what is said between two moments."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One clip. `units` is the path from the root to the clip's own unit.

    A record that is not `public` is never stored: putting it removes what was there.
    """

    id: int
    title: str
    description: str = ""
    kind: Label | None = None
    subject: Label | None = None
    grades: tuple[Label, ...] = ()
    skills: tuple[Label, ...] = ()
    units: tuple[Label, ...] = ()
    series: Label | None = None
    speakers: tuple[str, ...] = ()
    licence: str = ""
    captions: tuple[Cue, ...] = ()
    duration_ms: int = 0
    published_at: datetime | None = None
    views: int = 0
    public: bool = False
