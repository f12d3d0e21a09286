"""The user's file is opened in one guarded way, and nobody is asked anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_pipeline import commands
from tests.media_pipeline.commands.argv import SOUND, after, encode_all
from tests.media_pipeline.test_ladder import a_source


@pytest.mark.parametrize(
    "argv",
    [
        commands.describe("ffprobe", Path("/clips/-a.mp4")),
        commands.list_packets("ffprobe", Path("/clips/-a.mp4")),
        commands.examine("ffmpeg", a_source(path=Path("/clips/-a.mp4")), [0, 5], 2),
        encode_all(a_source(path=Path("/clips/-a.mp4"), sound=SOUND)),
    ],
)
def test_the_users_file_is_always_behind_the_whitelists(argv: list[str]) -> None:
    assert "/clips/-a.mp4" not in argv
    inputs = argv.count("file:/clips/-a.mp4")
    assert inputs
    for option in ("-protocol_whitelist", "-format_whitelist"):
        assert argv.count(option) == inputs
    assert after(argv, "-protocol_whitelist") == "file"
    for pointer in ("hls", "concat", "dash", "sdp", "image2", "lavfi"):
        assert pointer not in after(argv, "-format_whitelist").split(",")


def test_a_worker_can_never_be_asked_a_question() -> None:
    argv = encode_all(a_source())
    assert "-nostdin" in argv
    assert "-y" in argv
    assert after(argv, "-progress") == "pipe:1"
