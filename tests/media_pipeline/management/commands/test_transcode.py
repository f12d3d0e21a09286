"""The command keeps its contract: exit codes, one JSON document, progress on stderr."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests import packages
from tests.clips import LONG_S, clip

pytestmark = pytest.mark.ffmpeg
ROOT = Path(__file__).resolve().parents[4]
RUN = (
    "import django; django.setup();"
    "from media_pipeline.management.commands.transcode import Command; import sys;"
    "Command().run_from_argv(['manage.py', 'transcode', *sys.argv[1:]])"
)


def _start(*arguments: str | Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _done(*arguments: str | Path) -> tuple[int, str, str]:
    process = _start(*arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_an_accepted_clip_is_told_as_one_json_document(tmp_path: Path) -> None:
    code, out, err = _done(clip("camera"), tmp_path / "out", "--json")
    assert code == 0, err
    told: dict[str, Any] = json.loads(out)
    assert told["accepted"] is True
    assert told["content"] == "camera"
    assert set(told["source"]) == {
        *("width", "height", "duration_s", "fps"),
        *("video_codec", "audio_codec", "rotation"),
    }
    assert set(told["renditions"][0]) == {
        *("name", "width", "height", "fps", "bytes"),
        *("peak_kbps", "average_kbps", "playlist", "codec", "is_copy"),
    }
    assert set(told["audio"]) >= {"bytes", "average_kbps", "playlist"}
    assert set(told["download"]) == {"file", "bytes"}
    assert set(told["seconds"]) == {"wall", "cpu"}
    assert 0 < told["first_playable_s"] <= told["seconds"]["wall"]
    assert all(isinstance(argv, list) for argv in told["commands"])
    for name in (told["master"], told["poster"], told["storyboard"]):
        assert (tmp_path / "out" / name).is_file()
    assert "100% finish" in err


def test_a_refused_file_exits_2_with_its_reason(tmp_path: Path) -> None:
    code, out, err = _done(clip("noise"), tmp_path / "out", "--json")
    assert code == 2
    told = json.loads(out)
    assert told["accepted"] is False
    assert told["reason"] == "not_a_video"
    assert told["message"] in err
    assert not list((tmp_path / "out").iterdir())


def test_without_json_a_person_can_read_it(tmp_path: Path) -> None:
    code, out, _err = _done(clip("camera"), tmp_path / "out")
    assert code == 0
    assert out.splitlines()[-1] == str(tmp_path / "out" / "master.m3u8")
    code, out, err = _done(clip("empty"), tmp_path / "out2")
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("empty: ")


def test_a_file_that_is_not_there_exits_1_with_a_sentence(tmp_path: Path) -> None:
    code, out, err = _done(tmp_path / "none.mp4", tmp_path / "out", "--json")
    assert (code, out) == (1, "")
    assert "none.mp4" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_command_leaves_no_ffmpeg_and_no_false_playlist(
    tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    process = _start(clip("long camera"), out, "--json")
    assert _soon(lambda: list(out.rglob("*.m4s")))
    ours = _ffmpegs_in(out)
    assert ours
    process.send_signal(number)
    process.communicate(timeout=20)
    assert _soon(lambda: not _ffmpegs_in(out))
    for playlist in out.rglob("*.m3u8"):
        if "#EXT-X-ENDLIST" in playlist.read_text():
            length_s = sum(seconds for seconds, _ in packages.segments(playlist))
            assert length_s == pytest.approx(LONG_S, abs=0.1)


def _ffmpegs_in(folder: Path) -> list[Path]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            cwd = (process / "cwd").readlink()
        except OSError:
            continue
        if cwd == folder:
            found.append(process)
    return found


def _soon(what: Any, within_s: float = 20) -> bool:
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.02)
    return False
