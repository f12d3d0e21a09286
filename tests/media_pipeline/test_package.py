"""Playlists are exact, and nothing that is not whole gets one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from media_pipeline import package
from media_pipeline.errors import PackageError, RefusedError
from media_pipeline.ladder import Rung
from media_pipeline.package import Segment, Track
from tests.media_pipeline.test_ladder import a_source

# The bytes that matter of an init segment: High profile, level 3.1.
INIT = b"\x00\x00\x00\x2eavcC\x01\x64\x00\x1f\xff"
P720 = Rung("720p", 1280, 720, 3000)
P360 = Rung("360p", 640, 360, 800)


def a_track(folder: str, *sizes: int, seconds: float = 6.0) -> Track:
    segments = (Segment(f"s_{n}.m4s", seconds, size) for n, size in enumerate(sizes))
    return Track(folder, "init.mp4", 100, tuple(segments))


def _written(tmp_path: Path, folder: str, *sizes: int, tail_s: float = 6.0) -> Path:
    """What ffmpeg leaves: segments and its own playlist."""
    home = tmp_path / folder
    home.mkdir()
    (home / "init.mp4").write_bytes(INIT)
    lines = ["#EXTM3U", '#EXT-X-MAP:URI="init.mp4"']
    for number, size in enumerate(sizes):
        seconds = tail_s if number == len(sizes) - 1 else 6.0
        lines += [f"#EXTINF:{seconds:.6f},", f"s_{number}.m4s"]
        (home / f"s_{number}.m4s").write_bytes(b"x" * size)
    (home / "work.m3u8").write_text("\n".join([*lines, ""]))
    return home


def test_a_track_is_read_with_its_sizes(tmp_path: Path) -> None:
    _written(tmp_path, "720p", 6000, 3000)
    track = package.read_track(tmp_path, "720p")
    assert track.duration_s == 12
    assert track.bytes == 9000 + len(INIT)
    assert track.peak_bps == 8000
    assert track.average_bps == 6000


@pytest.mark.parametrize("broken", ["s_1.m4s", "init.mp4", "work.m3u8"])
def test_a_missing_or_empty_file_is_no_track(tmp_path: Path, broken: str) -> None:
    home = _written(tmp_path, "720p", 6000, 3000)
    (home / broken).write_bytes(b"")
    with pytest.raises(PackageError):
        package.read_track(tmp_path, "720p")
    (home / broken).unlink()
    with pytest.raises(PackageError):
        package.read_track(tmp_path, "720p")


def test_a_crumb_joins_the_segment_before_it(tmp_path: Path) -> None:
    home = _written(tmp_path, "audio", 500, 700, 90, tail_s=0.02)
    track = package.join_short_tail(tmp_path, package.read_track(tmp_path, "audio"))
    assert [one.bytes for one in track.segments] == [500, 790]
    assert track.segments[-1].duration_s == pytest.approx(6.02)
    assert (home / "s_1.m4s").stat().st_size == 790
    assert not (home / "s_2.m4s").exists()


def test_a_tail_of_some_length_stays(tmp_path: Path) -> None:
    _written(tmp_path, "audio", 500, 700, tail_s=3)
    track = package.read_track(tmp_path, "audio")
    assert package.join_short_tail(tmp_path, track) == track


def test_the_only_segment_stays_however_short(tmp_path: Path) -> None:
    _written(tmp_path, "audio", 500, tail_s=1)
    track = package.read_track(tmp_path, "audio")
    assert package.join_short_tail(tmp_path, track) == track


def test_the_codec_is_read_from_the_init_segment() -> None:
    assert package.video_codec(INIT) == "avc1.64001f"
    with pytest.raises(PackageError):
        package.video_codec(b"no such box")


def test_a_media_playlist_is_complete_and_ended() -> None:
    track = replace(
        a_track("720p", 10, 20),
        segments=(
            Segment("s_0.m4s", 6.0, 10),
            Segment("s_1.m4s", 7.48, 20),
        ),
    )
    assert package.media_playlist(track) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:7\n"
        "#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        '#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:6.000000,\ns_0.m4s\n#EXTINF:7.480000,\ns_1.m4s\n#EXT-X-ENDLIST\n"
    )


def test_the_master_counts_the_sound_into_every_variant(tmp_path: Path) -> None:
    for folder in ("720p", "360p"):
        _written(tmp_path, folder, 1)
    rungs = [(P720, a_track("720p", 6000, 3000)), (P360, a_track("360p", 600, 300))]
    sound = a_track("audio", 750, 750)
    assert package.master_playlist(tmp_path, rungs, sound, Fraction(30000, 1001)) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,'
        'AUTOSELECT=YES,URI="audio/playlist.m3u8"\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=1800,AVERAGE-BANDWIDTH=1600,"
        'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=29.970,'
        'AUDIO="audio"\n360p/playlist.m3u8\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=9000,AVERAGE-BANDWIDTH=7000,"
        'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,'
        'AUDIO="audio"\n720p/playlist.m3u8\n'
    )


def test_a_silent_master_names_no_sound(tmp_path: Path) -> None:
    _written(tmp_path, "720p", 1)
    text = package.master_playlist(
        tmp_path, [(P720, a_track("720p", 10))], None, Fraction(25)
    )
    assert "AUDIO" not in text
    assert 'CODECS="avc1.64001f"' in text


def test_playlists_replace_ffmpegs_own(tmp_path: Path) -> None:
    home = _written(tmp_path, "720p", 10)
    package.write_playlists(tmp_path, [package.read_track(tmp_path, "720p")])
    assert {path.name for path in home.iterdir()} == {
        "init.mp4",
        "s_0.m4s",
        "playlist.m3u8",
    }


def test_rungs_cut_at_other_times_are_no_package() -> None:
    source = a_source(duration_ms=12_000)
    good, fewer = a_track("720p", 1, 1), a_track("360p", 1, seconds=12)
    package.check(source, [good, a_track("360p", 2, 2)], None)
    with pytest.raises(PackageError, match="cut unlike"):
        package.check(source, [good, fewer], None)
    shifted = replace(
        good, segments=(Segment("a", 5.9, 1), Segment("b", 6.1, 1)), folder="360p"
    )
    with pytest.raises(PackageError, match="cut unlike"):
        package.check(source, [good, shifted], None)


def test_a_source_that_decodes_otherwise_the_second_time_is_damaged() -> None:
    first, more = a_track("360p", 1, 1), a_track("720p", 9, 9)
    package.check_again([], [first])
    package.check_again([first], [more])
    shorter = replace(
        more, segments=(more.segments[0], replace(more.segments[1], duration_s=5.958))
    )
    for other in (shorter, a_track("720p", 9), a_track("720p", 9, 9, 9)):
        with pytest.raises(RefusedError, match="damaged: 720p decodes unlike 360p"):
            package.check_again([first], [more, other])


def test_a_clip_that_ends_early_is_damaged() -> None:
    with pytest.raises(RefusedError, match="damaged"):
        package.check(a_source(duration_ms=24_000), [a_track("720p", 1, 1)], None)


def test_sound_that_ends_early_is_damaged_too() -> None:
    with pytest.raises(RefusedError, match="damaged"):
        package.check(
            a_source(duration_ms=12_000), [a_track("720p", 1, 1)], a_track("audio", 1)
        )


def test_a_package_longer_than_its_source_is_our_fault() -> None:
    with pytest.raises(PackageError, match="longer"):
        package.check(a_source(duration_ms=6000), [a_track("720p", 1, 1)], None)
