"""What people see: colours, brightness and the right way up, in rungs and in posters."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from media_pipeline import binaries
from media_pipeline.transcode import transcode
from tests import packages
from tests.filming import H264, ffmpeg

pytestmark = pytest.mark.ffmpeg

Colour = tuple[int, int, int]

# Of the quadrants from the top left, row by row.
QUADRANTS: tuple[Colour, ...] = (
    (200, 40, 40),
    (40, 180, 60),
    (40, 60, 200),
    (220,) * 3,
)


def _picture(path: Path, size: tuple[int, int]) -> Path:
    width, height = size
    with Image.new("RGB", size) as picture:
        for number, colour in enumerate(QUADRANTS):
            row, column = divmod(number, 2)
            at = (column * width // 2, row * height // 2)
            picture.paste(colour, (*at, at[0] + width // 2, at[1] + height // 2))
        picture.save(path)
    return path


def _filmed(folder: Path, size: tuple[int, int], *how: str) -> Path:
    """The quadrants for two seconds."""
    still = _picture(folder / "still.png", size)
    path = folder / "clip.mov"
    raw = folder / "still.rgb"
    with Image.open(still) as picture:
        raw.write_bytes(picture.tobytes() * 20)
    where = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}")
    ffmpeg(*where, "-r", "10", "-i", raw, *how, path)
    return path


def _shown(path: Path) -> Image.Image:
    """The first picture as a player turns it into red, green and blue."""
    (video,) = packages.streams(path)
    size = (video["width"], video["height"])
    argv = [
        binaries.find().ffmpeg,
        "-v",
        "error",
        "-i",
        f"file:{path}",
        "-frames:v",
        "1",
    ]
    argv += ["-vf", "scale=in_color_matrix=auto", "-pix_fmt", "rgb24", "-f", "rawvideo"]
    done = subprocess.run([*argv, "-"], capture_output=True, check=True)
    return Image.frombytes("RGB", size, done.stdout)


def _quadrants(picture: Image.Image) -> list[Colour]:
    at = [(column, row) for row in (1, 3) for column in (1, 3)]
    width, height = picture.size
    found = [picture.getpixel((width * x // 4, height * y // 4)) for x, y in at]
    return [(one[0], one[1], one[2]) for one in found if isinstance(one, tuple)]


def _assert_alike(found: list[Colour], expected: list[Colour]) -> None:
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=10)


HIGH, STANDARD = (1280, 720), (640, 360)
_709 = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
_2020 = ("-colorspace", "bt2020nc", "-color_primaries", "bt709", "-color_trc", "bt709")


@pytest.mark.parametrize(
    ("size", "how"),
    [
        (HIGH, ("-vf", "scale=out_color_matrix=bt709,format=yuv420p", *H264, *_709)),
        (HIGH, ("-vf", "scale=out_color_matrix=bt709,format=yuv420p", *H264)),
        (STANDARD, ("-vf", "scale=out_color_matrix=bt601,format=yuv420p", *H264)),
        (STANDARD, ("-c:v", "libx264rgb", "-crf", "5")),
        (
            STANDARD,
            ("-vf", "scale=out_color_matrix=bt2020,format=yuv420p", *H264, *_2020),
        ),
        (
            STANDARD,
            ("-vf", "scale=out_range=pc,format=yuvj420p", "-c:v", "mjpeg", "-q:v", "2"),
        ),
    ],
    ids=["named", "high", "standard", "rgb", "bt2020", "full range"],
)
def test_colours_are_the_same_in_every_rung_and_in_the_poster(
    size: tuple[int, int], how: tuple[str, ...], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    manifest = transcode(_filmed(tmp_path, size, *how), out)
    for rendition in manifest.renditions:
        joined = packages.joined(out / rendition.playlist, tmp_path / "joined.mp4")
        _assert_alike(_quadrants(_shown(joined)), list(QUADRANTS))
    assert manifest.poster
    with Image.open(out / manifest.poster) as poster:
        _assert_alike(_quadrants(poster.convert("RGB")), list(QUADRANTS))
    with Image.open(out / "storyboard-1.jpg") as sheet:
        tile = sheet.convert("RGB").crop((0, 0, 160, 90))
        _assert_alike(_quadrants(tile), list(QUADRANTS))


@pytest.mark.parametrize(
    ("degrees", "order"), [(90, (2, 0, 3, 1)), (180, (3, 2, 1, 0)), (270, (1, 3, 0, 2))]
)
def test_a_phone_held_any_way_is_shown_upright(
    degrees: int, order: tuple[int, ...], tmp_path: Path
) -> None:
    lying = _filmed(tmp_path, STANDARD, "-pix_fmt", "yuv420p", *H264)
    turned = tmp_path / "turned.mov"
    ffmpeg("-display_rotation", str(-degrees), "-i", lying, "-c", "copy", turned)
    manifest = transcode(turned, tmp_path / "out")
    assert manifest.source["rotation"] == degrees
    for rendition in manifest.renditions:
        playlist = tmp_path / "out" / rendition.playlist
        picture = _shown(packages.joined(playlist, tmp_path / "joined.mp4"))
        assert (picture.width > picture.height) == (degrees == 180)
        _assert_alike(_quadrants(picture), [QUADRANTS[place] for place in order])


def _pq(nits: float) -> float:
    """SMPTE ST 2084."""
    linear = (nits / 10_000) ** 0.1593017578125
    curve: float = (0.8359375 + 18.8515625 * linear) / (1 + 18.6875 * linear)
    return curve**78.84375


HDR_NITS = (1, 10, 50, 203, 1000)


def _hdr(folder: Path) -> Path:
    """Five grey bars, the last as bright as the sun."""
    raw, path = folder / "hdr.yuv", folder / "hdr.mov"
    codes = [round(64 + _pq(nits) * 876) for nits in HDR_NITS]
    row = b"".join(code.to_bytes(2, "little") * 64 for code in codes)
    grey = (512).to_bytes(2, "little") * (320 * 180 // 2)
    raw.write_bytes((row * 180 + grey) * 20)
    light = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)"
    light += "L(10000000,1):max-cll=1000,400"
    ffmpeg(
        *("-f", "rawvideo", "-s", "320x180", "-r", "10", "-pix_fmt", "yuv420p10le"),
        *("-i", raw, "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1"),
        *(
            "-x265-params",
            f"log-level=none:colorprim=9:transfer=16:colormatrix=9:{light}",
        ),
        *("-colorspace", "bt2020nc", "-color_primaries", "bt2020"),
        *("-color_trc", "smpte2084", path),
    )
    return path


def test_hdr_is_as_bright_as_other_clips(tmp_path: Path) -> None:
    manifest = transcode(_hdr(tmp_path), tmp_path / "out")
    playlist = tmp_path / "out" / manifest.renditions[0].playlist
    picture = _shown(packages.joined(playlist, tmp_path / "joined.mp4")).convert("L")
    levels = [picture.getpixel((x, 90)) for x in (32, 96, 160, 224, 288)]
    assert levels == sorted(levels)  # type: ignore[type-var]
    dark, dim, middle, paper, sun = (float(str(level)) for level in levels)
    assert dark < 40
    assert 30 < dim < 90
    assert 80 < middle < 150
    assert 140 < paper < 225  # left as it is, it would be 145 at most and the sun 185
    assert sun > 220
