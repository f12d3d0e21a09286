"""The whole engine on real clips: what comes out plays, whole, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image

from media_pipeline.errors import CancelledError, PackageError, RefusedError
from media_pipeline.package import Manifest
from media_pipeline.reasons import MESSAGES
from media_pipeline.runner import Spent
from media_pipeline.session import Session
from media_pipeline.transcode import transcode
from tests import packages
from tests.clips import DECODED_ONLY, HONEST, HOSTILE, LONG_S, VERDICTS, clip
from tests.shown import SHOWN, Shown

pytestmark = pytest.mark.ffmpeg

WORKER_BYTES = 150 * 1024**2  # our own process, and the sandbox's
SECRETS = ("21.0285", "Dien Thoai", "Co Lan", "2026-02-03")
STILL = {"slides", "slides 720", "slides 1080", "long slides", "plain slides"}


# What comes every day; the odd ones, three times as many, take minutes.
USUAL = STILL | {"camera", "portrait", "plain camera", "webm", "silent", "vfr", "hdr"}


def _seldom(name: str) -> pytest.MarkDecorator | tuple[()]:
    return () if name in USUAL else pytest.mark.thorough


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=_seldom(name)) for name in HONEST if "1080" not in name],
)
def test_an_honest_clip_becomes_a_whole_package(name: str, tmp_path: Path) -> None:
    made = packages.made(name)
    out, manifest = made.out, made.manifest

    assert manifest.is_whole
    assert manifest.content == ("still" if name in STILL else "camera")
    duration_s = float(str(manifest.source["duration_s"]))
    variants = packages.variants(out)
    assert [variant.playlist for variant in reversed(variants)] == [
        one.playlist for one in manifest.renditions
    ]
    assert len({len(packages.segments(out / v.playlist)) for v in variants}) == 1
    for variant in variants:
        _check_variant(made, variant, tmp_path)
    _check_the_top(made, SHOWN[name], tmp_path)
    _check_the_rest(out, manifest, duration_s, tmp_path)
    _check_spent(made.spent)


def _check_spent(spent: Spent) -> None:
    """The whole tree of processes, one of which runs at a time, may take a gigabyte."""
    assert spent.peak_bytes + WORKER_BYTES <= 1024**3
    assert spent.cpu_s <= 60


def _check_variant(
    made: packages.Made, variant: packages.Variant, tmp_path: Path
) -> None:
    out, manifest = made.out, made.manifest
    pieces = packages.segments(out / variant.playlist)
    duration_s = float(str(manifest.source["duration_s"]))
    assert sum(seconds for seconds, _ in pieces) == pytest.approx(duration_s, abs=0.15)
    peak = max(path.stat().st_size * 8 / seconds for seconds, path in pieces)
    assert int(variant.attributes["BANDWIDTH"]) >= peak
    assert ("AUDIO" in variant.attributes) == (manifest.audio is not None)
    joined = packages.joined(out / variant.playlist, tmp_path / "joined.mp4")
    (video,) = packages.streams(joined)
    assert video["codec_name"] == "h264"
    assert video["pix_fmt"] == "yuv420p"
    assert video.get("color_range") in {None, "tv"}
    assert video.get("sample_aspect_ratio", "1:1") == "1:1"
    assert "side_data_list" not in video
    size = f"{video['width']}x{video['height']}"
    assert size == variant.attributes["RESOLUTION"]
    assert (video["width"] % 2, video["height"] % 2) == (0, 0)
    assert video.get("color_transfer") in {None, "bt709", "bt470bg", "smpte170m"}
    assert video["width"] <= int(str(manifest.source["width"]))
    assert video["height"] <= int(str(manifest.source["height"]))
    frames = float(variant.attributes["FRAME-RATE"]) * sum(s for s, _ in pieces)
    assert int(video["nb_read_frames"]) == pytest.approx(frames, abs=1)


def _check_the_top(made: packages.Made, shown: Shown, tmp_path: Path) -> None:
    top = packages.variants(made.out)[-1]
    assert top.attributes["RESOLUTION"] == shown.size
    assert float(top.attributes["FRAME-RATE"]) == pytest.approx(shown.fps, abs=0.001)
    joined = packages.joined(made.out / top.playlist, tmp_path / "joined.mp4")
    (video,) = packages.streams(joined, decoded=False)
    assert video.get("color_space") == shown.colours
    if not made.manifest.renditions[0].is_copy:
        assert video["color_primaries"] == video["color_transfer"] == shown.colours
        assert video["color_range"] == "tv"
    if shown.channels is None:
        assert made.manifest.audio is None
    else:
        (kept,) = packages.streams(made.out / "audio.m4a")
        assert kept["channels"] == shown.channels


def test_every_honest_clip_has_its_row() -> None:
    assert set(SHOWN) == set(HONEST)


def _check_the_rest(
    out: Path, manifest: Manifest, duration_s: float, tmp_path: Path
) -> None:
    assert manifest.download is not None
    kinds = [one["codec_type"] for one in packages.streams(out / "download.mp4")]
    assert kinds == ["video"] + ["audio"] * bool(manifest.audio)
    assert manifest.download.bytes == (out / "download.mp4").stat().st_size
    if manifest.audio:
        assert manifest.audio.file == "audio.m4a"
        (kept,) = packages.streams(out / "audio.m4a")
        assert kept["codec_name"] == "aac"
        assert float(kept["duration"]) == pytest.approx(duration_s, abs=0.15)
        pieces = packages.segments(out / manifest.audio.playlist)
        assert sum(s for s, _ in pieces) == pytest.approx(duration_s, abs=0.15)
        joined = packages.joined(out / manifest.audio.playlist, tmp_path / "s.mp4")
        (sound,) = packages.streams(joined)
        assert sound["codec_name"] == "aac"
        assert sound["sample_rate"] == "48000"
    assert manifest.poster in manifest.posters
    for poster in manifest.posters:
        with Image.open(out / poster) as picture:
            assert picture.format == "JPEG"
    assert (out / "storyboard.vtt").read_text().startswith("WEBVTT\n")
    listed = {"master.m3u8", "download.mp4", "storyboard.vtt", *manifest.posters}
    listed |= {"audio.m4a"} if manifest.audio else set()
    folders = {one.name for one in manifest.renditions} | {"audio"}
    found = {path.name for path in out.iterdir()}
    assert {name for name in found if not name.startswith("storyboard-")} <= (
        listed | folders
    )
    assert not list(out.rglob("work.m3u8"))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_file_is_refused_for_its_reason_and_leaves_nothing(
    name: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    session = Session()
    with pytest.raises(RefusedError) as caught:
        transcode(clip(name), out, session=session)
    assert caught.value.reason == VERDICTS[name]
    assert not list(out.iterdir())
    _check_spent(session.spent)
    tools = {Path(argv[0]).name for argv in session.commands}
    is_decoded = any(tool.startswith("ffmpeg") for tool in tools)
    assert is_decoded == (name in DECODED_ONLY)


def test_the_set_of_bad_files_is_large_and_each_has_its_verdict() -> None:
    assert len(HOSTILE) > 40
    assert VERDICTS.keys() == HOSTILE.keys()
    assert set(VERDICTS.values()) < MESSAGES.keys()


@pytest.mark.parametrize(
    ("name", "size"),
    [("portrait", (360, 640)), ("anamorphic", (1024, 576)), ("odd 444", (640, 362))],
)
def test_pictures_come_out_upright_with_square_pixels(
    name: str, size: tuple[int, int]
) -> None:
    manifest = packages.made(name).manifest
    top = manifest.renditions[0]
    assert (manifest.source["width"], manifest.source["height"]) in {size, (641, 363)}
    assert top.width / top.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_a_clip_without_sound_has_no_audio_group() -> None:
    made = packages.made("silent")
    assert made.manifest.audio is None
    assert "AUDIO" not in (made.out / "master.m3u8").read_text()
    assert not (made.out / "audio").exists()


@pytest.mark.parametrize(
    ("name", "channels"),
    [("mono 8k", 1), ("slides", 1), ("stereo", 2), ("surround", 2)],
)
def test_only_true_stereo_costs_two_channels(
    name: str, channels: int, tmp_path: Path
) -> None:
    made = packages.made(name)
    assert made.manifest.audio is not None
    playlist = made.out / made.manifest.audio.playlist
    joined = packages.joined(playlist, tmp_path / "s.mp4")
    assert packages.streams(joined)[0]["channels"] == channels


@pytest.mark.parametrize(
    "name", ["slides", "camera", "mkv", "late picture", "plain camera"]
)
def test_picture_and_sound_start_together_in_a_browser(
    name: str, tmp_path: Path
) -> None:
    made = packages.made(name)
    assert made.manifest.audio is not None
    top, sound = made.manifest.renditions[0], made.manifest.audio
    for playlist in (top.playlist, sound.playlist):
        joined = packages.joined(made.out / playlist, tmp_path / "joined.mp4")
        # AAC has 1024 samples before its first real one.
        assert packages.starts_s(joined) == pytest.approx(0, abs=0.022)
        assert all(media >= 0 for _, media in packages.edits(joined))


@pytest.mark.parametrize(
    "name", [name for name in HONEST if name.startswith("with a place")]
)
def test_place_and_device_do_not_travel_on(name: str) -> None:
    told = packages.metadata(clip(name))
    has_no_place_for_it = ["Dien Thoai"] * name.endswith("3gp")
    assert all(secret in told for secret in set(SECRETS) - set(has_no_place_for_it))
    out = packages.made(name).out
    for path in _media_of(out):
        assert not any(secret in packages.metadata(path) for secret in SECRETS)
    for path in out.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(secret.encode() in data for secret in SECRETS), path


def _media_of(out: Path) -> list[Path]:
    """All that ffprobe opens: init segments, download, pictures."""
    found = [*out.rglob("*.mp4"), *out.rglob("*.m4a"), *out.rglob("*.jpg")]
    assert {"240p", "audio"} <= {path.parent.name for path in found}
    return found


def test_a_long_clip_plays_after_its_first_phase() -> None:
    made = packages.made("long camera")
    (first,) = made.firsts
    (pieces,) = first.pieces.values()
    assert sum(seconds for seconds, _ in pieces) == pytest.approx(LONG_S, abs=0.1)
    assert all(size for _, size in pieces)
    assert not first.manifest.is_whole
    assert [one.name for one in first.manifest.renditions] == ["360p"]
    whole = made.manifest
    assert [one.name for one in whole.renditions] == ["480p", "360p", "240p"]
    assert whole.first_playable_s < whole.seconds.wall


@pytest.mark.parametrize("name", ["camera", "long and small"])
def test_nobody_hears_of_a_first_phase_where_there_is_but_one(name: str) -> None:
    made = packages.made(name)
    assert made.manifest.is_whole
    assert not made.firsts


def test_progress_never_falls_and_ends_at_one() -> None:
    told = packages.made("long camera").told
    fractions = [one.fraction for one in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
    assert told[0].phase == "probe"
    assert {"first", "rest", "finish"} <= {one.phase for one in told}
    assert told[-1].seconds_left == 0


def test_a_cancelled_clip_keeps_its_first_phase_and_no_half_rung(
    tmp_path: Path,
) -> None:
    is_playable: list[Manifest] = []
    with pytest.raises(CancelledError):
        transcode(
            clip("long camera"),
            tmp_path,
            on_first_playable=is_playable.append,
            session=Session(cancelled=lambda: bool(is_playable)),
        )
    assert {path.name for path in tmp_path.iterdir()} == {
        "master.m3u8",
        "360p",
        "audio",
    }
    assert sum(
        s for s, _ in packages.segments(tmp_path / "360p/playlist.m3u8")
    ) == pytest.approx(LONG_S, abs=0.1)


def test_a_clip_cancelled_at_once_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        transcode(clip("camera"), tmp_path, session=Session(cancelled=lambda: True))
    assert not list(tmp_path.iterdir())


def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    transcode(clip("camera"), tmp_path)
    (tmp_path / "master.m3u8").write_text("old")
    transcode(clip("camera"), tmp_path)
    assert packages.variants(tmp_path)


def test_files_of_others_are_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("precious")
    with pytest.raises(PackageError, match=r"thesis\.docx"):
        transcode(clip("camera"), tmp_path)
    assert (tmp_path / "thesis.docx").read_text() == "precious"


def test_limits_come_from_the_settings(tmp_path: Path, settings: LazySettings) -> None:
    settings.MAX_CLIP_SECONDS = 1
    with pytest.raises(RefusedError, match="too_long"):
        transcode(clip("camera"), tmp_path)
