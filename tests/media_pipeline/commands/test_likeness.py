"""The command that looks and listens, to the letter where it matters."""

from __future__ import annotations

from pathlib import Path

from media_pipeline import commands


def test_it_decodes_once_and_opens_nothing_but_the_file() -> None:
    argv = commands.look_and_listen("ffmpeg", Path("/x/clip.mp4"), sound=True)
    assert argv.count("-i") == 1
    assert argv[argv.index("-i") + 1] == "file:/x/clip.mp4"
    assert argv[argv.index("-protocol_whitelist") + 1] == "file"
    assert "showspectrum" in argv[argv.index("-filter_complex") + 1]
    assert {commands.PICTURES, commands.SPECTRUM} <= set(argv)


def test_a_silent_film_is_only_looked_at() -> None:
    argv = commands.look_and_listen("ffmpeg", Path("/x/clip.mp4"), sound=False)
    assert commands.SPECTRUM not in argv
    assert "showspectrum" not in " ".join(argv)
