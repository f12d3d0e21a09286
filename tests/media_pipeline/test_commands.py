"""Commands are pure: what they say is checked here, what they do in test_transcode."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from media_pipeline import commands
from media_pipeline.commands import Recipe
from media_pipeline.ladder import ladder_for
from media_pipeline.source import Sound, Source
from tests.media_pipeline.test_ladder import a_source

SOUND = Sound(1, "aac", 2, loudness_lufs=-23.5)


def _encode(source: Source, **changes: Any) -> list[str]:
    ladder = ladder_for(source)
    recipe = Recipe("ffmpeg", source, ladder, **changes)
    return commands.encode(recipe, ladder.rungs, sound=True, pictures=True)


def _after(argv: list[str], option: str) -> str:
    return argv[argv.index(option) + 1]


def _graph(argv: list[str]) -> str:
    return _after(argv, "-filter_complex")


@pytest.mark.parametrize(
    "argv",
    [
        commands.describe("ffprobe", Path("/clips/-a.mp4")),
        commands.list_packets("ffprobe", Path("/clips/-a.mp4")),
        commands.examine("ffmpeg", a_source(path=Path("/clips/-a.mp4")), [0, 5], 2),
        _encode(a_source(path=Path("/clips/-a.mp4"), sound=SOUND)),
    ],
)
def test_the_users_file_is_always_behind_the_whitelists(argv: list[str]) -> None:
    assert "/clips/-a.mp4" not in argv
    inputs = argv.count("file:/clips/-a.mp4")
    assert inputs
    for option in ("-protocol_whitelist", "-format_whitelist"):
        assert argv.count(option) == inputs
    assert _after(argv, "-protocol_whitelist") == "file"
    for pointer in ("hls", "concat", "dash", "sdp", "image2", "lavfi"):
        assert pointer not in _after(argv, "-format_whitelist").split(",")


def test_one_decode_feeds_every_rung_scaled_from_the_one_above() -> None:
    argv = _encode(a_source(sound=SOUND))
    assert argv.count("-i") == 1
    graph = _graph(argv)
    assert graph.index("scale=1280:720") < graph.index("scale=854:480")
    assert graph.index("scale=854:480") < graph.index("scale=640:360")
    assert _after(argv, "-var_stream_map") == (
        "v:0,agroup:a,name:1080p v:1,agroup:a,name:720p v:2,agroup:a,name:480p "
        "v:3,agroup:a,name:360p a:0,agroup:a,default:yes,name:audio"
    )


def test_segments_start_at_the_same_pictures_and_end_without_a_crumb() -> None:
    argv = _encode(a_source(duration_ms=25_000))
    assert _after(argv, "-force_key_frames") == "expr:gte(t,n_forced*6)*lte(t,18+1)"
    assert _after(argv, "-sc_threshold") == "0"
    assert int(_after(argv, "-g")) > 30 * 8
    assert "omit_endlist" in _after(argv, "-hls_flags")


def test_quality_is_capped_for_each_rung() -> None:
    argv = _encode(a_source(content="still"))
    assert _after(argv, "-crf") == "26"
    assert _after(argv, "-preset") == "faster"
    caps = [_after(argv, f"-maxrate:v:{n}") for n in range(3)]
    assert caps == ["6200k", "3000k", "1500k"]
    assert "fps=15:start_time=0" in _graph(argv)


def test_the_first_phase_makes_neither_pictures_nor_other_rungs() -> None:
    source = a_source(sound=SOUND)
    ladder = ladder_for(source)
    argv = commands.encode(
        Recipe("ffmpeg", source, ladder), [ladder.first], sound=True, pictures=False
    )
    assert not [part for part in argv if part.endswith(".jpg")]
    assert "1920" not in _graph(argv)


def test_the_second_phase_does_not_encode_the_sound_again() -> None:
    source = a_source(sound=SOUND)
    ladder = ladder_for(source)
    argv = commands.encode(
        Recipe("ffmpeg", source, ladder), ladder.rest, sound=False, pictures=True
    )
    assert "-c:a" not in argv
    assert "agroup" not in _after(argv, "-var_stream_map")


@pytest.mark.parametrize("option", ["-map_metadata", "-map_chapters"])
def test_nothing_of_the_makers_data_is_copied(option: str) -> None:
    assert _after(_encode(a_source()), option) == "-1"


def test_sound_is_brought_to_one_loudness_and_limited() -> None:
    graph = _graph(_encode(a_source(sound=SOUND)))
    assert "volume=7.5dB" in graph
    assert "alimiter=" in graph
    assert "channel_layouts=mono" in graph


def test_silence_is_not_amplified() -> None:
    graph = _graph(_encode(a_source(sound=Sound(1, "aac", 2))))
    assert "volume=" not in graph


def test_a_whisper_is_raised_by_a_bounded_gain() -> None:
    quiet = Sound(1, "aac", 1, loudness_lufs=-55.0)
    assert "volume=20.0dB" in _graph(_encode(a_source(sound=quiet)))


@pytest.mark.parametrize(
    ("sound", "layout", "rate"),
    [
        (Sound(1, "aac", 2, is_stereo=True), "stereo", "96k"),
        (Sound(1, "ac3", 6), "stereo", "96k"),
        (Sound(1, "aac", 2), "mono", "64k"),
    ],
)
def test_channels_follow_what_is_heard(sound: Sound, layout: str, rate: str) -> None:
    argv = _encode(a_source(sound=sound))
    assert f"channel_layouts={layout}" in _graph(argv)
    assert _after(argv, "-b:a") == rate


@pytest.mark.parametrize(
    ("changes", "filter_"),
    [
        ({"is_interlaced": True}, "yadif="),
        ({"is_noisy": True}, "hqdn3d="),
        ({"is_rgb": True}, "out_color_matrix=bt709"),
        ({"video_ms": 50_000}, "tpad=stop_duration=10.000"),
    ],
)
def test_odd_pictures_get_their_filter_and_others_do_not(
    changes: dict[str, Any], filter_: str
) -> None:
    assert filter_ in _graph(_encode(a_source(**changes)))
    assert filter_ not in _graph(_encode(a_source()))


def test_hdr_is_tone_mapped_by_what_ffmpeg_has() -> None:
    hdr = a_source(is_hdr=True)
    assert "tonemap=hable" in _graph(_encode(hdr, tone_map="zscale"))
    assert "intent=perceptual" in _graph(_encode(hdr, tone_map="scale"))
    plain = _graph(_encode(hdr))
    assert "tonemap" not in plain
    assert "intent" not in plain


def test_threads_are_named_only_when_bounded() -> None:
    assert _after(_encode(a_source(), threads=2), "-threads:v") == "2"
    assert "-threads:v" not in _encode(a_source())


def test_a_worker_can_never_be_asked_a_question() -> None:
    argv = _encode(a_source())
    assert "-nostdin" in argv
    assert "-y" in argv
    assert _after(argv, "-progress") == "pipe:1"


def test_the_download_is_a_copy_with_its_index_in_front() -> None:
    argv = commands.join_download("ffmpeg", "360p/playlist.m3u8", "audio/playlist.m3u8")
    assert _after(argv, "-c") == "copy"
    assert _after(argv, "-movflags") == "+faststart"
    assert [argv[n + 1] for n, part in enumerate(argv) if part == "-map"] == [
        "0:v",
        "1:a",
    ]
    silent = commands.join_download("ffmpeg", "360p/playlist.m3u8", None)
    assert silent.count("-map") == 1


def test_rubbish_is_told_from_our_own_mistakes() -> None:
    assert commands.is_undecodable(69, "")
    assert commands.is_undecodable(1, "Cannot determine format of input stream 0:0")
    assert not commands.is_undecodable(1, "Unrecognized option")
    assert not commands.is_undecodable(-9, "")
