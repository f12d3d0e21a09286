"""The table: what is measured, what is to be reached, what came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Row:
    measure: str
    got: float
    least: float | None = None
    most: float | None = None
    unit: Literal["", " %", " points", " s"] = ""
    beside: str = ""  # the figures that it was made of

    @property
    def is_reached(self) -> bool:
        too_little = self.least is not None and self.got < self.least
        return not (too_little or (self.most is not None and self.got > self.most))

    @property
    def reach(self) -> str:
        if self.least is not None:
            return f"≥ {self.least:g}{self.unit}"
        return f"≤ {self.most:g}{self.unit}" if self.most is not None else "–"


@dataclass(frozen=True)
class Missing:
    """A measure that cannot be taken here, and why."""

    measure: str
    why: str


def table(rows: Iterable[Row | Missing]) -> str:
    lines = ["| measure | reach | got | | made of |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        if isinstance(row, Missing):
            lines.append(f"| {row.measure} | – | – | not measured | {row.why} |")
            continue
        judged = row.reach != "–"
        verdict = ("reached" if row.is_reached else "**missed**") if judged else ""
        got = f"{row.got:.3g}" if abs(row.got) < 100 else f"{row.got:.0f}"
        lines.append(
            f"| {row.measure} | {row.reach} | {got}{row.unit} | {verdict} | {row.beside} |"
        )
    return "\n".join(lines)
