"""One decode feeds all rungs; what the commands do is checked in test_transcode."""

from __future__ import annotations

from fractions import Fraction

import pytest

from media_pipeline import commands
from media_pipeline.commands import Recipe
from media_pipeline.commands.encoding import key_frames
from media_pipeline.ladder import Options, ladder_for
from tests.media_pipeline.commands.argv import SOUND, after, encode_all, graph_of
from tests.media_pipeline.test_ladder import a_source


def test_one_decode_feeds_every_rung_scaled_from_the_one_above() -> None:
    argv = encode_all(a_source(sound=SOUND))
    assert argv.count("-i") == 1
    graph = graph_of(argv)
    assert graph.index("scale=1280:720") < graph.index("scale=854:480")
    assert graph.index("scale=854:480") < graph.index("scale=640:360")
    maps = [argv[n + 1] for n, part in enumerate(argv) if part == "-var_stream_map"]
    assert maps == [
        "v:0,name:1080p v:1,name:720p v:2,name:480p v:3,name:360p v:4,name:240p",
        "a:0,name:audio",
    ]


def test_segments_start_at_the_same_pictures_and_end_without_a_crumb() -> None:
    argv = encode_all(a_source(duration_ms=25_000))
    for n in range(5):
        times = after(argv, f"-force_key_frames:v:{n}")
        assert times == "0.000,5.992,11.992,17.992"
    assert after(argv, "-sc_threshold:v:0") == "0"
    assert int(after(argv, "-g:v:0")) > 30 * 8
    assert "omit_endlist" in after(argv, "-hls_flags")


def test_quality_is_capped_for_each_rung() -> None:
    argv = encode_all(a_source(content="still"))
    assert after(argv, "-crf:v:0") == "31"
    assert after(argv, "-preset:v:0") == "veryfast"
    caps = [after(argv, f"-maxrate:v:{n}") for n in range(3)]
    assert caps == ["6200k", "3000k", "1500k"]
    assert "fps=15:start_time=0" in graph_of(argv)


def test_the_first_phase_makes_neither_pictures_nor_other_rungs() -> None:
    source = a_source(sound=SOUND)
    ladder = ladder_for(source)
    argv = commands.encode(
        Recipe("ffmpeg", source, ladder), [ladder.first], sound=True, pictures=False
    )
    assert not [part for part in argv if part.endswith(".jpg")]
    assert "1920" not in graph_of(argv)


def test_the_second_phase_does_not_encode_the_sound_again() -> None:
    source = a_source(sound=SOUND)
    ladder = ladder_for(source)
    argv = commands.encode(
        Recipe("ffmpeg", source, ladder), ladder.rest, sound=False, pictures=True
    )
    assert "-c:a" not in argv
    assert argv.count("-var_stream_map") == 1


@pytest.mark.parametrize("option", ["-map_metadata", "-map_chapters"])
def test_nothing_of_the_makers_data_is_copied(option: str) -> None:
    assert after(encode_all(a_source()), option) == "-1"


def test_threads_are_named_only_when_bounded() -> None:
    assert after(encode_all(a_source(), threads=2), "-threads:v:0") == "2"
    assert "-threads:v:0" not in encode_all(a_source())


def test_a_key_frame_is_asked_for_early_but_nearest_to_its_own_picture() -> None:
    cuts, fps = (0, 180, 361), Fraction(30000, 1001)
    told = key_frames(cuts, fps)
    assert told == "0.000,5.998,12.037"
    times = [Fraction(time) for time in told.split(",")]
    assert [round(time * fps) for time in times] == list(cuts)
    assert all(time <= cut / fps for time, cut in zip(times, cuts, strict=True))


def test_the_data_saver_is_cut_at_the_same_pictures() -> None:
    source = a_source()
    ladder = ladder_for(source, Options(av1=True))
    argv = commands.encode(
        Recipe("ffmpeg", source, ladder), ladder.rungs, sound=False, pictures=False
    )
    codecs = [after(argv, f"-c:v:{n}") for n in range(6)]
    assert codecs == [*["libx264"] * 3, "libsvtav1", "libx264", "libx264"]
    assert "-profile:v:3" not in argv
    times = {after(argv, f"-force_key_frames:v:{n}") for n in range(6)}
    assert len(times) == 1


def test_sound_for_data_savers_is_made_of_the_same_samples() -> None:
    argv = encode_all(a_source(sound=SOUND), opus=True)
    assert graph_of(argv).count("alimiter=") == 1
    assert argv.count("-var_stream_map") == 3
    assert argv[argv.index("a:0,name:audio-opus") - 3] == "-t"
    assert {after(argv, "-c:a"), "libopus"} <= set(argv)


def test_slides_and_cameras_are_tuned_each_for_what_they_waste() -> None:
    slides = after(encode_all(a_source(content="still")), "-x264-params:v:0")
    assert "aq-strength=0.3" in slides
    assert "subme" not in slides
    camera = after(encode_all(a_source()), "-x264-params:v:0")
    assert "aq-strength=0.5" in camera
    assert "nr=" not in slides + camera


def test_only_measured_noise_is_taken_out() -> None:
    noisy = encode_all(a_source(is_noisy=True))
    assert after(noisy, "-x264-params:v:0").endswith(":nr=600")


def test_one_thread_decodes_what_it_can_keep_up_with() -> None:
    argv = encode_all(a_source())
    assert after(argv[: argv.index("-i")], "-threads") == "1"
    large = encode_all(a_source(width=3840, height=2160))
    assert "-threads" not in large[: large.index("-i")]
