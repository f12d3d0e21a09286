"""Poster candidates and the storyboard: which pictures, how many, and their files."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageFilter, ImageStat

from media_pipeline.ladder import SEGMENT_S, fit
from media_pipeline.source import Source

POSTER_TRIES = 12  # pictures looked at, spread over the clip
POSTER_CHOICES = 3  # of them offered to a person
POSTER_SIDE = 720
CANDIDATES = "candidate-%02d.jpg"
SHEETS = "storyboard-%d.jpg"
STORYBOARD = "storyboard.vtt"
TILE_SIDE = 90  # short side
COLUMNS = ROWS = 10  # of a full sheet
MAX_TILES = 300
SHORTEST_INTERVAL_S = 2


@dataclass(frozen=True)
class Storyboard:
    """Small pictures at even times, tiled row by row on sheets."""

    interval_s: int
    tiles: int
    columns: int
    rows: int
    width: int  # of one tile
    height: int

    @property
    def per_sheet(self) -> int:
        return self.columns * self.rows

    @property
    def sheets(self) -> int:
        return math.ceil(self.tiles / self.per_sheet)


def storyboard_of(source: Source) -> Storyboard:
    interval_s = max(SHORTEST_INTERVAL_S, math.ceil(source.duration_s / MAX_TILES))
    if interval_s > SHORTEST_INTERVAL_S:  # at key frames, which is all that is decoded
        interval_s = SEGMENT_S * math.ceil(interval_s / SEGMENT_S)  # of a long clip
    tiles = max(1, math.ceil(source.duration_s / interval_s))
    width, height = fit(source.width, source.height, TILE_SIDE)
    rows = min(ROWS, math.ceil(tiles / COLUMNS))
    return Storyboard(interval_s, tiles, min(COLUMNS, tiles), rows, width, height)


def storyboard_vtt(source: Source) -> str:
    """WebVTT whose cues are `SHEET#xywh=x,y,w,h`."""
    board = storyboard_of(source)
    cues = ["WEBVTT"]
    for tile in range(board.tiles):
        sheet, place = divmod(tile, board.per_sheet)
        row, column = divmod(place, board.columns)
        start_ms = tile * board.interval_s * 1000
        end_ms = min(start_ms + board.interval_s * 1000, source.duration_ms)
        box = (
            f"{column * board.width},{row * board.height},{board.width},{board.height}"
        )
        cues.append(
            f"{_clock(start_ms)} --> {_clock(end_ms)}\n{SHEETS % (sheet + 1)}#xywh={box}"
        )
    return "\n\n".join(cues) + "\n"


def write_storyboard(folder: Path, source: Source) -> str | None:
    """The name of the VTT file, or None where a sheet is missing."""
    board = storyboard_of(source)
    sheets = [folder / (SHEETS % (number + 1)) for number in range(board.sheets)]
    if not all(sheet.is_file() for sheet in sheets):
        return None
    (folder / STORYBOARD).write_text(storyboard_vtt(source), encoding="utf-8")
    return STORYBOARD


def choose_posters(folder: Path) -> tuple[str, ...]:
    """Rename the best candidates to `poster-N.jpg`, in the order of the clip, and
    delete the others. Returns the names with the best first."""
    tries = sorted(folder.glob("candidate-*.jpg"))
    scores = [_score(path) for path in tries]
    chosen = best(scores, POSTER_CHOICES)
    names = {}
    for number, index in enumerate(sorted(chosen), start=1):
        names[index] = f"poster-{number}.jpg"
        tries[index].replace(folder / names[index])
    for path in tries:
        path.unlink(missing_ok=True)
    return tuple(names[index] for index in chosen)


def best(scores: Sequence[float], count: int) -> list[int]:
    """Indices of up to `count` pictures, the best first: one of each part of the clip,
    so that the choices differ; black and blank ones only when there is nothing else."""
    parts = [
        range(len(scores) * part // count, len(scores) * (part + 1) // count)
        for part in range(count)
    ]
    chosen = [max(part, key=lambda index: scores[index]) for part in parts if part]
    chosen.sort(key=lambda index: -scores[index])
    worthy = [index for index in chosen if scores[index] > 0]
    return worthy or chosen[:1]


def _score(path: Path) -> float:
    """How much there is to see: 0 for a picture of one tone, black or blank."""
    with Image.open(path) as picture:
        picture.draft("L", (320, 180))  # decoded small, at a third of the cost
        small = picture.convert("L").resize((160, 90))
    tones = ImageStat.Stat(small)
    if tones.stddev[0] < 6:
        return 0.0
    edges = ImageStat.Stat(small.filter(ImageFilter.FIND_EDGES)).mean[0]
    too_dark = 0.3 if tones.mean[0] < 24 else 1.0
    return too_dark * (float(tones.stddev[0]) + float(edges))


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
