"""What ffmpeg says is told apart."""

from __future__ import annotations

from pathlib import Path

from media_pipeline import commands
from tests.media_pipeline.test_ladder import a_source


def test_rubbish_is_told_from_our_own_mistakes() -> None:
    assert commands.is_undecodable(69, "")
    assert commands.is_undecodable(1, "Cannot determine format of input stream 0:0")
    assert commands.is_undecodable(
        234, "at least one of its streams received no packets."
    )
    assert not commands.is_undecodable(1, "Unrecognized option")
    assert not commands.is_undecodable(-9, "")


def test_words_of_the_file_are_not_asked_for() -> None:
    argv = commands.describe("ffprobe", Path("/a/bài 1"))
    asked = argv[argv.index("-show_entries") + 1]
    assert "tag" not in asked
    assert argv[-1] == "file:/a/bài 1"


def test_a_look_at_an_ordinary_picture_takes_one_thread() -> None:
    argv = commands.examine("ffmpeg", a_source(), [0, 5], 2)
    assert argv.count("-threads") == 2
    large = commands.examine("ffmpeg", a_source(width=3840, height=2160), [0, 5], 2)
    assert "-threads" not in large
