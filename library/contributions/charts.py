"""Charts as SVG, drawn on the server: what each says stands in words beside it, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from library.contributions.tables import text_of

WIDTH, HEIGHT = 400, 180
TOP, FLOOR = 22, 150  # of the columns
GAP = 0.25  # of a column's place


@dataclass(frozen=True)
class Column:
    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    value: str

    @property
    def above(self) -> float:
        return round(self.y - 5, 1)


@dataclass(frozen=True)
class Columns:
    title: str
    words: str  # the whole of it in a sentence
    columns: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR
    below: int = FLOOR + 16


def columns(title: str, words: str, counts: Sequence[tuple[str, int]]) -> Columns:
    """The highest fills the height; nought is a line on the floor."""
    place = WIDTH / max(len(counts), 1)
    highest = max((count for _label, count in counts), default=0) or 1
    drawn = []
    for at, (label, count) in enumerate(counts):
        height = round((FLOOR - TOP) * count / highest, 1)
        drawn.append(
            Column(
                x=round(at * place + place * GAP / 2, 1),
                y=FLOOR - height,
                width=round(place * (1 - GAP), 1),
                height=height,
                middle=round((at + 0.5) * place, 1),
                label=label,
                value=text_of(count),
            )
        )
    return Columns(title, words, tuple(drawn))


@dataclass(frozen=True)
class Track:
    """One line to a goal, with a mark where it should be by now."""

    title: str
    words: str
    filled: float  # of its width, as the mark
    due: float
    tone: str
    width: int = WIDTH


def track(
    title: str, words: str, done: tuple[int, int], elapsed: float, tone: str
) -> Track:
    reached, goal = done
    filled = min(reached / goal, 1.0) if goal else 0.0
    return Track(
        title, words, round(WIDTH * filled, 1), round(WIDTH * elapsed, 1), tone
    )
