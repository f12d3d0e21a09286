"""The demo's lessons as data: `lessons.json`, read into frozen rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("lessons.json")
PUBLISHED = 100


@dataclass(frozen=True)
class Slide:
    heading: str
    lines: tuple[str, ...]
    speech: str  # what is said while it is shown


@dataclass(frozen=True)
class Lesson:
    key: str
    title: str
    kind: str
    subject: str
    grades: tuple[str, ...]
    skills: tuple[str, ...]
    series: str
    speakers: tuple[str, ...]
    makers: tuple[str, ...]
    licence: str
    description: str
    portrait: bool
    has_captions: bool
    slides: tuple[Slide, ...]


def published(limit: int, path: Path = PATH) -> list[Lesson]:
    """The first `limit`; beyond those that there are they come again as new editions."""
    rows = _rows(path)[:PUBLISHED]
    return [
        _lesson(rows[number % len(rows)], edition=number // len(rows) + 1)
        for number in range(limit)
    ]


def under_way(path: Path = PATH) -> list[Lesson]:
    """Those that show what waits for review, and what came back from it."""
    return [_lesson(row, edition=1) for row in _rows(path)[PUBLISHED:]]


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _lesson(row: dict[str, Any], edition: int) -> Lesson:
    again = "" if edition == 1 else f" ({edition})"
    return Lesson(
        key=row["key"] + ("" if edition == 1 else f"-{edition}"),
        title=row["title"] + again,
        kind=row["kind"],
        subject=row["subject"] or "",
        grades=tuple(row["grades"]),
        skills=tuple(row["skills"]),
        series=row["series"] or "",
        speakers=tuple(row["speakers"]),
        makers=tuple(row["makers"]),
        licence=row["licence"],
        description=row["description"],
        portrait=bool(row.get("portrait")),
        has_captions=bool(row.get("captions")),
        slides=tuple(
            Slide(slide["heading"], tuple(slide["lines"]), speech)
            for slide, speech in zip(row["slides"], row["speech"], strict=True)
        ),
    )
