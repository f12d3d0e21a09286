"""What ffmpeg says is told apart."""

from __future__ import annotations

from pathlib import Path

from media_pipeline import commands


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
