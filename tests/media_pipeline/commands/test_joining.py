"""Finished tracks are put together by copying."""

from __future__ import annotations

from media_pipeline import commands
from tests.media_pipeline.commands.argv import after


def test_the_download_is_a_copy_with_its_index_in_front() -> None:
    argv = commands.join_download("ffmpeg", "360p/playlist.m3u8", "audio/playlist.m3u8")
    assert after(argv, "-c") == "copy"
    assert after(argv, "-movflags") == "+faststart"
    assert [argv[n + 1] for n, part in enumerate(argv) if part == "-map"] == [
        "0:v",
        "1:a",
    ]
    silent = commands.join_download("ffmpeg", "360p/playlist.m3u8", None)
    assert silent.count("-map") == 1
