"""The source's own pictures are taken where every player would show them, else encoded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline import copying, tracks
from media_pipeline.errors import PackageError
from media_pipeline.package import Manifest
from media_pipeline.transcode import transcode
from tests import packages
from tests.clips import clip
from tests.media_pipeline.test_boxes import a_fragment, an_init
from tests.media_pipeline.test_tracks import write_track

NO_CHATTER = "filter_units=pass_types=1|5|7-9"  # only a copy has it
AVC = b"\x01\x64\x00\x1f\xff\xe1\x00\x04\x67\x64\x00\x1f"


def _every(step_s: float, until_s: float, fps: int = 30) -> list[Fraction]:
    frames = range(0, round(until_s * fps), round(step_s * fps))
    return [Fraction(frame, fps) for frame in frames]


def _lengths(times: list[Fraction], starts: list[int], end_s: float) -> list[float]:
    edges = [*(float(times[start]) for start in starts), end_s]
    return [after - before for before, after in pairwise(edges)]


@pytest.mark.parametrize(
    ("step_s", "lengths"),
    [
        (1, [6, 6, 6, 6, 6, 5.5]),
        (2, [6, 6, 6, 6, 6, 5.5]),
        (4, [4, 4, 4, 4, 4, 4, 4, 7.5]),
        (5, [5, 5, 5, 5, 5, 5, 5.5]),
        (8, [8, 8, 8, 8, 3.5]),
    ],
)
def test_segments_are_as_near_to_six_seconds_as_the_key_frames_allow(
    step_s: float, lengths: list[float]
) -> None:
    times = _every(step_s, 35.5)
    assert _lengths(times, copying.choose(times, Fraction(30), 35.5), 35.5) == lengths


def test_a_cut_needs_a_picture_of_every_rung() -> None:
    odd = [Fraction(0), Fraction(179, 30), Fraction(184, 30)]
    assert copying.choose(odd, Fraction(15), 13.0) == [0, 2]
    with pytest.raises(PackageError, match="after 0"):
        copying.choose(odd[:2], Fraction(15), 13.0)


def test_a_key_frame_just_before_the_end_opens_no_crumb() -> None:
    times = _every(8, 24.1)
    starts = copying.choose(times, Fraction(30), 24.067)
    assert _lengths(times, starts, 24.067) == pytest.approx([8, 8, 8.067], abs=0.001)


@pytest.mark.parametrize("times", [[], [Fraction(1, 30)], _every(8.4, 40)])
def test_where_no_cut_fits_there_is_no_copy(times: list[Fraction]) -> None:
    with pytest.raises(PackageError):
        copying.choose(times, Fraction(30), 40.0)


@given(
    steps=st.lists(st.integers(1, 240), min_size=1, max_size=80),
    tail=st.integers(1, 240),
)
def test_every_choice_has_segments_of_two_to_eight_seconds(
    steps: list[int], tail: int
) -> None:
    frames = [0]
    for step in steps:
        frames.append(frames[-1] + step)
    times = [Fraction(frame, 30) for frame in frames]
    end_s = (frames[-1] + tail) / 30
    try:
        starts = copying.choose(times, Fraction(30), end_s)
    except PackageError:
        return
    lengths = _lengths(times, starts, end_s)
    assert starts[0] == 0
    assert all(1.99 < length < 8.01 for length in lengths[:-1])
    assert lengths[-1] < 10.01
    assert lengths[-1] > 1.99 or len(starts) == 1


# --- what is looked at in each segment ----------------------------------------


def _a_track(tmp_path: Path, first: bytes, init: bytes = AVC) -> tracks.Track:
    home = write_track(tmp_path, "720p", 1)
    (home / "init.mp4").write_bytes(an_init(init))
    (home / "s_0.m4s").write_bytes(a_fragment(first))
    track = tracks.read_track(tmp_path, "720p")
    return replace(track, segments=(replace(track.segments[0], duration_s=2 / 30),))


IDR = b"\x00\x00\x00\x02\x65\x88"
OTHER = b"\x00\x00\x00\x02\x41\x88"


def test_a_segment_that_opens_with_an_instant_refresh_is_good(tmp_path: Path) -> None:
    track = _a_track(tmp_path, OTHER + IDR)
    assert copying.key_times(tmp_path, track, Fraction(30)) == [0]


@pytest.mark.parametrize(
    ("first", "init"),
    [
        (OTHER, AVC),  # a recovery point: open groups of pictures
        (b"\x00\x00\x00\x02\x67\x64" + IDR, AVC),  # parameters among the pictures
        (IDR, AVC[:5] + b"\xe2" + AVC[6:]),  # two sets of them
        (IDR, AVC[:-1] + b"\x28"),  # another level than the box names
    ],
)
def test_a_segment_that_needs_more_than_itself_is_not(
    tmp_path: Path, first: bytes, init: bytes
) -> None:
    with pytest.raises(PackageError):
        copying.key_times(tmp_path, _a_track(tmp_path, first, init), Fraction(30))


def test_pictures_at_an_uneven_rate_are_noticed(tmp_path: Path) -> None:
    track = _a_track(tmp_path, IDR)
    with pytest.raises(PackageError, match="2 pictures"):
        copying.key_times(tmp_path, track, Fraction(60))


# --- real clips ---------------------------------------------------------------


def _top(manifest: Manifest) -> tuple[str, bool]:
    return manifest.renditions[0].name, manifest.renditions[0].is_copy


@pytest.mark.ffmpeg
def test_a_copied_rung_has_the_very_pictures_of_the_source(tmp_path: Path) -> None:
    made = packages.made("plain camera")
    assert _top(made.manifest) == ("480p", True)
    assert [one.is_copy for one in made.manifest.renditions] == [True, False, False]
    playlist = made.out / "480p" / "playlist.m3u8"
    joined = packages.joined(playlist, tmp_path / "joined.mp4")
    kept = packages.picture_hashes(joined)
    assert kept == packages.picture_hashes(clip("plain camera"))
    assert len(kept) == 630


@pytest.mark.ffmpeg
def test_notes_of_a_recorder_are_not_copied() -> None:
    secret = b"21.0285"
    assert secret in clip("plain with notes").read_bytes()
    made = packages.made("plain with notes")
    assert _top(made.manifest) == ("480p", True)
    for path in made.out.rglob("*"):
        assert path.is_dir() or secret not in path.read_bytes()


NOTE = b"\x05\x1b" + bytes.fromhex("086f3693b7b34f2c965321492feee5b8")


HOLDERS = (b"stbl", b"minf", b"mdia", b"trak", b"moov")


def _as_units_of_no_kind(data: bytes) -> bytes:
    """What no standard has defined, decoders skip."""
    assert data.count(b"\x06" + NOTE) == 1  # another is part of the encoder's own
    return data.replace(b"\x06" + NOTE, b"\x18" + NOTE)


def _among_the_parameters(data: bytes) -> bytes:
    """A note once more, in the box that tells the decoder what it needs."""
    at = data.index(b"avcC")
    count = at + 12 + int.from_bytes(data[at + 10 : at + 12], "big")
    behind = count + 3 + int.from_bytes(data[count + 1 : count + 3], "big")
    unit = b"\x06" + NOTE + b"at 21.0285\0\x80"
    more = len(unit).to_bytes(2, "big") + unit
    forged = bytearray(data[:behind] + more + data[behind:])
    forged[count] += 1
    for kind in (b"avcC", b"avc1", b"stsd", *HOLDERS):
        size = data.rindex(kind, 0, at + 4) - 4
        longer = int.from_bytes(data[size : size + 4], "big") + len(more)
        forged[size : size + 4] = longer.to_bytes(4, "big")
    return bytes(forged)


@pytest.mark.ffmpeg
@pytest.mark.parametrize("forge", [_as_units_of_no_kind, _among_the_parameters])
def test_notes_at_a_place_for_none_are_not_copied_either(
    forge: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(forge(clip("plain with notes").read_bytes()))
    manifest = transcode(path, tmp_path / "out")
    assert _top(manifest) == ("480p", True)
    for made in (tmp_path / "out").rglob("*"):
        assert made.is_dir() or b"21.0285" not in made.read_bytes()


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("name", "tried"),
    [
        ("open groups", True),
        ("rare key frames", True),
        ("fat", False),
        ("ts", False),
        ("cut by its owner", False),
    ],
)
def test_what_does_not_fit_is_encoded(name: str, tried: bool) -> None:
    manifest = packages.made(name).manifest
    assert manifest.is_whole
    assert not any(one.is_copy for one in manifest.renditions)
    assert any(NO_CHATTER in argv for argv in manifest.commands) == tried


@pytest.mark.ffmpeg
def test_spoilt_pictures_are_encoded_rather_than_left_to_each_player(
    tmp_path: Path,
) -> None:
    path = tmp_path / "scratched.mp4"
    data = bytearray(clip("plain camera").read_bytes())
    at, size, _ = [one for one in packages.places(clip("plain camera")) if one[2]][5]
    data[at + size // 2 : at + size // 2 + 200] = bytes(200)
    path.write_bytes(data)
    manifest = transcode(path, tmp_path / "out")
    assert any(NO_CHATTER in argv for argv in manifest.commands)
    assert _top(manifest) == ("480p", False)
    variants = packages.variants(tmp_path / "out")
    assert len(variants) == len(manifest.renditions) == 3
    starts = [
        [s for s, _ in packages.segments(tmp_path / "out" / variant.playlist)]
        for variant in variants
    ]
    assert starts[0] == starts[1] == starts[2]


@pytest.mark.ffmpeg
def test_an_operator_can_have_all_encoded() -> None:
    made = packages.made("plain slides", TRANSCODE_COPY=False)
    assert _top(made.manifest) == ("720p", False)
