"""Measures the engine beside PeerTube's and MediaCMS's arguments, with one ffmpeg, on two
clips that it makes itself: a slide lecture and a teacher filmed with a phone.

    .venv/bin/python -m benchmarks.encoding --seconds 12 --runs 1 --kills 3

takes a quarter of an hour on two cores that do nothing else; `--seconds 24 --runs 3` is
steadier and takes four times as long.

CPU is user and system time of the whole process tree; of several runs the median counts,
and the contestants take turns, so that a busy machine spoils no ratio. Only the times
until a clip can be watched, and until work goes on after a kill, are by the clock: they
need a machine that does nothing else.
The peers' arguments and where they come from stand in `peers.py`. VMAF (the default
model, mean) compares a 720p rung, scaled back, with the source at its full frame rate; it
needs an ffmpeg with libvmaf, which the development dependencies bring on Linux. Own
footage: `--slides FILE`, `--camera FILE` (1080p30).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = tempfile.TemporaryDirectory(prefix="encoding-benchmark-")
os.environ["DATA_DIR"] = FOLDER.name
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library.settings")

import django  # noqa: E402

django.setup()

from benchmarks.encoding import (  # noqa: E402
    contest,
    measuring,
    ours,
    recovery,
    rows,
    sources,
)
from benchmarks.encoding.report import Missing, Row, table  # noqa: E402
from benchmarks.encoding.sources import Clip  # noqa: E402
from media_pipeline import binaries  # noqa: E402


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=24, help="of each clip")
    parser.add_argument("--long", type=float, default=130, help="of the longer clips")
    parser.add_argument("--pieces", type=float, default=130, help="of those cut up")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kills", type=int, default=5, help="of workers under `up`")
    parser.add_argument(
        "--group", choices=["contest", "long", "pieces", "kills"], help="alone"
    )
    parser.add_argument("--slides", type=Path, help="instead of the lecture")
    parser.add_argument("--camera", type=Path, help="instead of the teacher")
    parser.add_argument("--only", choices=["slides", "camera"])
    parser.add_argument("--folder", type=Path, help="keeps the clips for the next time")
    return parser.parse_args()


def clips(options: argparse.Namespace, ffmpeg: str, folder: Path) -> list[Clip]:
    makers = {"slides": sources.slides, "camera": sources.talking}
    given = {"slides": options.slides, "camera": options.camera}
    return [
        Clip(name, given[name].absolute(), options.seconds)
        if given[name]
        else make(ffmpeg, folder, options.seconds)
        for name, make in makers.items()
        if options.only in {None, name}
    ]


def measured(
    options: argparse.Namespace, tools: contest.Tools, clip: Clip, scratch: Path
) -> Iterator[Row | Missing]:
    if options.group in {None, "contest"}:
        held = contest.hold(tools, clip, scratch / clip.name, options.runs)
        yield from rows.of_contest(held)
    done: dict[Path, list[ours.Run]] = {}  # a clip of both lengths is made but once
    for group, seconds in (("long", options.long), ("pieces", options.pieces)):
        if options.group not in {None, group}:
            continue
        longer = sources.longer(tools.ffmpeg, clip, seconds)
        if longer.path not in done:
            place = scratch / f"whole-{longer.path.stem}"
            done[longer.path] = rows.singly(longer, place, options.runs)
        of_group = rows.of_long_clip if group == "long" else rows.of_pieces
        place = scratch / f"{group}-{clip.name}"
        yield from of_group(longer, done[longer.path], place)


def main() -> None:
    options = arguments()
    tools = contest.Tools(binaries.find().ffmpeg, contest.find_vmaf())
    keep = (options.folder or Path(FOLDER.name)).absolute()
    keep.mkdir(parents=True, exist_ok=True)
    scratch = Path(FOLDER.name) / "work"
    found: list[Row | Missing] = []
    for clip in clips(options, tools.ffmpeg, keep):
        found += measured(options, tools, clip, scratch)
    if options.group in {None, "kills"}:
        film = sources.longer(tools.ffmpeg, clip, options.long)
        found += recovery.of_kills(film.path, options.kills)
    print(
        f"\n{date.today().isoformat()}, ffmpeg {measuring.version(tools.ffmpeg)}, "  # noqa: DTZ011
        f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.1f}, clips of "
        f"{options.seconds:g} s and {options.long:g} s, {options.runs} runs\n"
    )
    print(table(found))


if __name__ == "__main__":
    main()
    FOLDER.cleanup()
    sys.exit()
