"""Finished tracks are put together by copying."""

from __future__ import annotations

from media_pipeline import commands
from media_pipeline.commands import Recipe
from media_pipeline.ladder import ladder_for
from tests.media_pipeline.commands.argv import after
from tests.media_pipeline.test_ladder import a_source


def test_the_download_is_a_copy_with_its_index_in_front() -> None:
    argv = commands.join_download("ffmpeg", "360p/playlist.m3u8", "audio/playlist.m3u8")
    assert after(argv, "-c") == "copy"
    assert after(argv, "-movflags") == "+faststart"
    maps = [argv[n + 1] for n, part in enumerate(argv) if part == "-map"]
    assert maps == ["0:v", "1:a", "1:a"]
    assert {"download.mp4", "audio.m4a"} < set(argv)
    silent = commands.join_download("ffmpeg", "360p/playlist.m3u8", None)
    assert silent.count("-map") == 1


def test_a_copied_rung_leaves_notes_between_the_pictures_behind() -> None:
    source = a_source(is_plain=True, video_kbps=2000)
    ladder = ladder_for(source)
    argv = commands.copy_rung(Recipe("ffmpeg", source, ladder), ladder.rungs[0])
    assert after(argv, "-c:v") == "copy"
    assert after(argv, "-bsf:v") == "filter_units=pass_types=1|5|7-9"
    assert after(argv, "-var_stream_map") == "v:0,name:1080p"
    assert after(argv, "-map_metadata") == "-1"
    assert "-t" not in argv
