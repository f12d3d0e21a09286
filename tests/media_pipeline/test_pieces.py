"""A clip encoded in pieces against the same in one run: nothing lost, nothing twice."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PIL import Image, ImageChops, ImageStat

from media_pipeline import binaries, pieces, transcode
from media_pipeline.errors import PackageError, RefusedError
from media_pipeline.ladder import ladder_for
from media_pipeline.package import Manifest
from media_pipeline.pieces import Piece
from media_pipeline.plans import Plan, in_pieces, plan_of
from media_pipeline.probe import Limits, probe
from media_pipeline.session import Session
from media_pipeline.source import Source
from media_pipeline.work import Work
from tests import packages
from tests.clips import clip, ffmpeg
from tests.media_pipeline.test_plans import a_plan

pytestmark = pytest.mark.ffmpeg

PIECE_S = 6
SIZE = (64, 36)  # of the pictures that are compared
SOUND = ("-f", "lavfi", "-i", "sine=d=26")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")


OPEN = ("-x264-params", "open-gop=1")
VFR = ("-fps_mode", "vfr", *H264)
MPEG2 = ("-c:v", "mpeg2video", "-b:v", "2M")


def moving(rate: str) -> list[str]:
    """Every picture differs from the one before."""
    return ["-f", "lavfi", "-i", f"testsrc2=s=320x180:r={rate}:d=26"]


# Names say what is odd about the source. Key frames lie off the six seconds.
SOURCES: dict[str, tuple[str, tuple[str, ...]]] = {
    "30": (".mp4", (*moving("30"), *SOUND, *H264, "-bf", "2", "-g", "70")),
    "29.97, open gop": (
        ".mp4",
        (*moving("30000/1001"), *SOUND, *H264, "-bf", "3", "-g", "64", *OPEN),
    ),
    "25, no sound": (".mkv", (*moving("25"), *H264, "-g", "250")),
    "25, open gop of mpeg2": (
        ".ts",
        (*moving("25"), *SOUND, "-c:v", "mpeg2video", "-bf", "2", "-b:v", "2M"),
    ),
    "60": (".mp4", (*moving("60"), *H264, "-bf", "2", "-g", "101")),
    "variable": (
        ".mp4",
        (
            *moving("30"),
            *SOUND,
            "-vf",
            "select='not(mod(n,3))+gt(n,250)*lt(n,600)'",
            *VFR,
            "-bf",
            "2",
        ),
    ),
    "a picture every seven seconds": (
        ".mp4",
        (*moving("30"), *SOUND, "-vf", "select='not(mod(n,211))'", *VFR, "-g", "250"),
    ),
    "10 in a container without an index": (
        ".ts",
        (*moving("10"), *H264, "-bf", "3", "-b_strategy", "0", "-g", "50"),
    ),
    "sound that goes on alone": (
        ".mp4",
        (*moving("25")[:3], "testsrc2=s=320x180:r=25:d=13", *SOUND, *H264),
    ),
    "interlaced": (
        ".mpg",
        (*moving("25"), "-vf", "setfield=tff", "-flags", "+ildct+ilme", *MPEG2),
    ),
}


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="thu-vien-mo-pieces-")


@cache
def made(name: str) -> tuple[Path, Manifest, Path, Manifest]:
    """The folder and the manifest of one run, then of pieces."""
    suffix, recipe = SOURCES[name]
    home = Path(_folder().name) / re.sub(r"\W+", "-", name)
    one, many = home / "one", home / "many"
    many.mkdir(parents=True)
    source = home / f"source{suffix}"
    ffmpeg(*recipe, source)
    whole = transcode.transcode(source, one)
    return one, whole, many, pieces.transcode_in_pieces(source, many, PIECE_S)


@pytest.fixture(params=SOURCES)
def both(request: pytest.FixtureRequest) -> tuple[Path, Manifest, Path, Manifest]:
    return made(request.param)


def times(folder: Path, playlist: str) -> list[list[str]]:
    """Presentation time, length and kind of each packet, in the order of the file."""
    path = packages.joined(folder / playlist, folder.parent / "joined.mp4")
    argv = [binaries.find().ffprobe, "-v", "error", "-of", "csv=p=0", "-show_entries"]
    argv += ["packet=pts,dts,duration,flags", f"file:{path}"]
    done = subprocess.run(argv, capture_output=True, check=True, text=True)
    return [line.split(",") for line in done.stdout.splitlines()]


def seen(folder: Path, playlist: str) -> Iterator[Image.Image]:
    """Each picture, small and grey."""
    path = packages.joined(folder / playlist, folder.parent / "joined.mp4")
    raw = folder.parent / "raw"
    scaled = ("-vf", f"scale={SIZE[0]}:{SIZE[1]},format=gray")
    ffmpeg("-i", path, *scaled, "-fps_mode", "passthrough", "-f", "rawvideo", raw)
    data, each = raw.read_bytes(), SIZE[0] * SIZE[1]
    for at in range(0, len(data), each):
        yield Image.frombytes("L", SIZE, data[at : at + each])


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Mean difference in grey levels."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


def test_every_packet_stands_where_it_does_in_one_run(
    both: tuple[Path, Manifest, Path, Manifest],
) -> None:
    one, whole, many, joined = both
    for rung in whole.renditions:
        expected, found = times(one, rung.playlist), times(many, rung.playlist)
        assert len(found) == len(expected) > 20
        assert {line[0] for line in found} == {line[0] for line in expected}
        decoded = [int(line[1]) for line in found]
        assert decoded == sorted(set(decoded))
        keys = [
            [line[0] for line in lines if "K" in line[3]] for lines in (expected, found)
        ]
        assert keys[0] == keys[1]
    assert [rung.name for rung in joined.renditions] == [
        r.name for r in whole.renditions
    ]


def test_every_picture_is_the_one_of_one_run(
    both: tuple[Path, Manifest, Path, Manifest],
) -> None:
    one, whole, many, _ = both
    rung = whole.renditions[-1]
    expected, found = list(seen(one, rung.playlist)), list(seen(many, rung.playlist))
    assert len(found) == len(expected)
    # A neighbour of a moving picture differs far more than two encodings of the same.
    moves = max(unlike(before, after) for before, after in pairwise(expected))
    worst = max(unlike(*pair) for pair in zip(expected, found, strict=True))
    assert worst < moves / 4


def test_playlists_sound_and_files_are_those_of_one_run(
    both: tuple[Path, Manifest, Path, Manifest],
) -> None:
    one, whole, many, joined = both
    assert {path.name for path in many.iterdir()} == {
        path.name for path in one.iterdir()
    }
    for rung in whole.renditions:
        assert (many / rung.playlist).read_text() == (one / rung.playlist).read_text()
    if whole.audio:
        for path in (one / "audio").iterdir():
            if path.suffix == ".m4s":
                assert (many / "audio" / path.name).read_bytes() == path.read_bytes()
    assert (many / "storyboard.vtt").read_text() == (one / "storyboard.vtt").read_text()
    assert len(joined.posters) == len(whole.posters)
    assert joined.is_whole


def test_pieces_are_hardly_larger(both: tuple[Path, Manifest, Path, Manifest]) -> None:
    _, whole, _, joined = both
    sizes = [sum(rung.bytes for rung in found.renditions) for found in (whole, joined)]
    assert sizes[1] < 1.02 * sizes[0] + 4000


# --- what goes wrong ------------------------------------------------------------------


def a_probed(path: Path) -> Source:
    return probe(path, Limits.from_settings(), Session())


def planned(path: Path, out_dir: Path) -> Plan:
    work = Work(out_dir, Session())
    return in_pieces(transcode.planned(work, a_probed(path)), PIECE_S)


def test_a_container_that_lands_late_is_read_again_from_further_before(
    tmp_path: Path,
) -> None:
    source = tmp_path / "slow.ts"
    ffmpeg(*moving("5"), *H264, "-bf", "3", "-b_strategy", "0", "-g", "50", source)
    found = a_probed(source)
    plan = in_pieces(plan_of(found, ladder_for(found)), PIECE_S)
    (folder := tmp_path / "piece").mkdir()
    work = Work(folder, Session())
    made = pieces.encode(work, plan, 0, 2)
    encodes = [argv for argv in work.session.commands if "-filter_complex" in argv]
    assert ["-ss" in argv for argv in encodes] == [True, False]
    assert made.pictures == plan.spans[2].pictures


def test_too_many_spoilt_pictures_in_one_piece_refuse_the_whole(tmp_path: Path) -> None:
    plan = planned(clip("spoilt tail"), tmp_path)
    with pytest.raises(RefusedError, match="spoilt"):
        pieces.encode(Work(tmp_path, Session()), plan, 0, len(plan.spans) - 1)


def test_scratches_of_several_pieces_add_up() -> None:
    plan = in_pieces(a_plan(120_000), 60)
    few = [Piece(span.pictures, 100, ("x",)) for span in plan.spans]
    pieces.check(plan, few)
    many = [replace(piece, spoilt=200) for piece in few]
    with pytest.raises(RefusedError, match="spoilt"):
        pieces.check(plan, many)


def test_pieces_of_other_encoders_are_not_put_together() -> None:
    plan = in_pieces(a_plan(120_000), 60)
    found = [Piece(span.pictures, 0, (str(span),)) for span in plan.spans]
    with pytest.raises(PackageError, match="differ"):
        pieces.check(plan, found)


def test_a_source_may_end_early_but_not_in_the_middle() -> None:
    plan = in_pieces(a_plan(180_000), 60)
    full = [Piece(span.pictures, 0, ("x",)) for span in plan.spans]
    short = replace(full[1], pictures=5)
    pieces.check(plan, [full[0], short, Piece(0, 0, ("",))])
    with pytest.raises(RefusedError, match="missing"):
        pieces.check(plan, [full[0], short, full[2]])


def test_a_piece_behind_the_end_of_the_source_is_empty(tmp_path: Path) -> None:
    source = replace(a_probed(clip("long camera")), duration_ms=40_000, video_ms=40_000)
    plan = in_pieces(plan_of(source, ladder_for(source)), PIECE_S)
    made = []
    for number in (-4, -1):
        (folder := tmp_path / str(number)).mkdir()
        work = Work(folder, Session())
        made.append(pieces.encode(work, plan, 0, len(plan.spans) + number).pictures)
    assert made == [48, 0]  # 18 to 22 s; nothing


def test_a_piece_comes_back_from_json() -> None:
    piece = Piece(7, 1, ("a", "b"))
    assert Piece.from_json(piece.as_json()) == piece
