"""What ffmpeg says is told apart."""

from __future__ import annotations

from media_pipeline import commands


def test_rubbish_is_told_from_our_own_mistakes() -> None:
    assert commands.is_undecodable(69, "")
    assert commands.is_undecodable(1, "Cannot determine format of input stream 0:0")
    assert not commands.is_undecodable(1, "Unrecognized option")
    assert not commands.is_undecodable(-9, "")
