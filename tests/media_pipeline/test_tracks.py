"""Nothing that is not whole becomes a track, and tracks of one clip fit each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from media_pipeline import tracks
from media_pipeline.errors import PackageError, RefusedError
from media_pipeline.tracks import Segment, Track
from tests.media_pipeline.test_boxes import a_fragment, an_init
from tests.media_pipeline.test_ladder import a_source


def a_track(folder: str, *sizes: int, seconds: float = 6.0) -> Track:
    segments = (Segment(f"s_{n}.m4s", seconds, size) for n, size in enumerate(sizes))
    return Track(folder, "init.mp4", 100, "avc1.64001f", tuple(segments))


def write_track(tmp_path: Path, folder: str, *sizes: int, tail_s: float = 6.0) -> Path:
    """What ffmpeg leaves: segments and its own playlist."""
    home = tmp_path / folder
    home.mkdir()
    (home / "init.mp4").write_bytes(an_init())
    lines = ["#EXTM3U", '#EXT-X-MAP:URI="init.mp4"']
    for number, size in enumerate(sizes):
        seconds = tail_s if number == len(sizes) - 1 else 6.0
        lines += [f"#EXTINF:{seconds:.6f},", f"s_{number}.m4s"]
        (home / f"s_{number}.m4s").write_bytes(a_fragment().ljust(size, b"x"))
    (home / "work.m3u8").write_text("\n".join([*lines, ""]))
    return home


def test_a_track_is_read_with_its_sizes(tmp_path: Path) -> None:
    write_track(tmp_path, "720p", 6000, 3000)
    track = tracks.read_track(tmp_path, "720p")
    assert track.duration_s == 12
    assert track.bytes == 9000 + len(an_init())
    assert track.peak_bps == 8000
    assert track.average_bps == 6000


@pytest.mark.parametrize("broken", ["s_1.m4s", "init.mp4", "work.m3u8"])
def test_a_missing_or_empty_file_is_no_track(tmp_path: Path, broken: str) -> None:
    home = write_track(tmp_path, "720p", 6000, 3000)
    (home / broken).write_bytes(b"")
    with pytest.raises(PackageError):
        tracks.read_track(tmp_path, "720p")
    (home / broken).unlink()
    with pytest.raises(PackageError):
        tracks.read_track(tmp_path, "720p")


def test_a_crumb_joins_the_segment_before_it(tmp_path: Path) -> None:
    home = write_track(tmp_path, "audio", 500, 700, 190, tail_s=0.02)
    track = tracks.join_short_tail(tmp_path, tracks.read_track(tmp_path, "audio"))
    assert [one.bytes for one in track.segments] == [500, 890]
    assert track.segments[-1].duration_s == pytest.approx(6.02)
    assert (home / "s_1.m4s").stat().st_size == 890
    assert not (home / "s_2.m4s").exists()


def test_a_tail_of_some_length_stays(tmp_path: Path) -> None:
    write_track(tmp_path, "audio", 500, 700, tail_s=3)
    track = tracks.read_track(tmp_path, "audio")
    assert tracks.join_short_tail(tmp_path, track) == track


def test_the_only_segment_stays_however_short(tmp_path: Path) -> None:
    write_track(tmp_path, "audio", 500, tail_s=1)
    track = tracks.read_track(tmp_path, "audio")
    assert tracks.join_short_tail(tmp_path, track) == track


def test_rungs_cut_at_other_times_are_no_package() -> None:
    source = a_source(duration_ms=12_000)
    good, fewer = a_track("720p", 1, 1), a_track("360p", 1, seconds=12)
    tracks.check(source, [good, a_track("360p", 2, 2)], [])
    with pytest.raises(PackageError, match="cut unlike"):
        tracks.check(source, [good, fewer], [])
    shifted = replace(
        good, segments=(Segment("a", 5.9, 1), Segment("b", 6.1, 1)), folder="360p"
    )
    with pytest.raises(PackageError, match="cut unlike"):
        tracks.check(source, [good, shifted], [])


def test_a_source_that_decodes_otherwise_the_second_time_is_damaged() -> None:
    first, more = a_track("360p", 1, 1), a_track("720p", 9, 9)
    tracks.check_again([], [first])
    tracks.check_again([first], [more])
    shorter = replace(
        more, segments=(more.segments[0], replace(more.segments[1], duration_s=5.958))
    )
    for other in (shorter, a_track("720p", 9), a_track("720p", 9, 9, 9)):
        with pytest.raises(RefusedError, match="damaged: 720p decodes unlike 360p"):
            tracks.check_again([first], [more, other])


def test_a_clip_that_ends_early_is_damaged() -> None:
    with pytest.raises(RefusedError, match="damaged"):
        tracks.check(a_source(duration_ms=24_000), [a_track("720p", 1, 1)], [])


def test_sound_that_ends_early_is_damaged_too() -> None:
    with pytest.raises(RefusedError, match="damaged"):
        tracks.check(
            a_source(duration_ms=12_000), [a_track("720p", 1, 1)], [a_track("audio", 1)]
        )


def test_a_package_longer_than_its_source_is_our_fault() -> None:
    with pytest.raises(PackageError, match="longer"):
        tracks.check(a_source(duration_ms=6000), [a_track("720p", 1, 1)], [])
