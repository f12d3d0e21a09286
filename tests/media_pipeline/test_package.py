"""The manifest says what the contract of `transcode --json` promises."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from media_pipeline import package
from media_pipeline.ladder import Rung
from tests.media_pipeline.test_tracks import a_track


def test_a_rendition_tells_its_own_rate_and_rounds_up() -> None:
    rung = Rung("720p", 1280, 720, 3000, Fraction(30000, 1001))
    told = package.rendition(rung, a_track("720p", 6001, 3000))
    assert (told.name, told.width, told.height, told.fps) == ("720p", 1280, 720, 29.97)
    assert (told.bytes, told.peak_kbps, told.average_kbps) == (9101, 9, 7)
    assert told.playlist == "720p/playlist.m3u8"


def test_sound_tells_where_it_is() -> None:
    told = package.audio(a_track("audio", 750))
    assert told
    assert (told.bytes, told.average_kbps) == (850, 1)
    assert told.playlist == "audio/playlist.m3u8"
    assert told.file is None


def test_a_silent_clip_has_no_sound_to_tell_of(tmp_path: Path) -> None:
    assert package.audio(None) is None
    assert package.with_file(None, tmp_path) is None


def test_files_for_keeping_tell_their_size(tmp_path: Path) -> None:
    (tmp_path / "audio.m4a").write_bytes(bytes(70))
    (tmp_path / "download.mp4").write_bytes(bytes(90))
    told = package.with_file(package.audio(a_track("audio", 750)), tmp_path)
    assert told
    assert (told.file, told.file_bytes) == ("audio.m4a", 70)
    assert package.download(tmp_path) == package.Download("download.mp4", 90)
