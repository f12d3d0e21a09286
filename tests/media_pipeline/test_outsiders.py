"""Nothing but the user's own file is opened: no file beside it, no address, sandbox or not."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings

from media_pipeline import binaries
from media_pipeline.errors import RefusedError
from media_pipeline.transcode import transcode
from tests import packages
from tests.clips import clip
from tests.pointing import ACCEPTED, REFUSED, TEXTS, VERDICTS, Target, canary

pytestmark = [
    pytest.mark.ffmpeg,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who opens"),
]

_IN_OPEN = 0x20
_SECRET = b"nobody may read this"


@dataclass
class Outside:
    """A video and an address that notice it when somebody comes."""

    target: Target
    listener: socket.socket
    watch: int

    def was_opened(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            return bool(os.read(self.watch, 4096))
        return False

    def was_called(self) -> bool:
        with contextlib.suppress(BlockingIOError):
            self.listener.accept()[0].close()
            return True
        return False


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    libc = ctypes.CDLL(None, use_errno=True)
    video = tmp_path / "canary.mp4"
    video.write_bytes(canary() + _SECRET)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/canary.ts"
        watch = libc.inotify_init1(os.O_NONBLOCK)
        assert libc.inotify_add_watch(watch, os.fsencode(video), _IN_OPEN) > 0
        yield Outside(Target(video, url), listener, watch)
        os.close(watch)


@pytest.mark.parametrize("mode", ["off", "auto"])
@pytest.mark.parametrize("name", [*REFUSED, *ACCEPTED])
def test_nobody_comes_to_where_a_file_points(
    name: str, mode: str, outside: Outside, tmp_path: Path, settings: LazySettings
) -> None:
    settings.SANDBOX = mode
    suffix, point = (REFUSED | ACCEPTED)[name]
    path, out = tmp_path / f"bài{suffix}", tmp_path / "out"
    point(path, outside.target)
    outside.was_opened()  # by the one who wrote it, perhaps
    if name in REFUSED:
        with pytest.raises(RefusedError) as caught:
            transcode(path, out)
        assert caught.value.reason == VERDICTS[name]
    else:
        transcode(path, out)
    assert not outside.was_opened()
    assert not outside.was_called()
    assert not _holds(out, _SECRET, outside.target.url.encode(), b"<img", b"#EXTINF:2,")


def _holds(folder: Path, *words: bytes) -> list[Path]:
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


def test_somebody_who_asks_carelessly_is_noticed(
    outside: Outside, tmp_path: Path
) -> None:
    """Else the test above would prove nothing."""
    script = tmp_path / "script"
    script.write_text(TEXTS["concat"].replace("{name}", outside.target.file.name))
    argv = [binaries.find().ffprobe, "-v", "error", "-i", str(script)]
    subprocess.run(argv, check=True)
    assert outside.was_opened()
    assert not outside.was_called()
    argv[-1] = f"tcp://127.0.0.1:{outside.target.port}"
    with subprocess.Popen(argv) as process:
        while process.poll() is None and not (called := outside.was_called()):
            pass
        process.kill()
    assert called


@pytest.mark.parametrize("name", ["archive behind", "page in front", "html behind"])
def test_what_is_no_video_does_not_travel_on(name: str) -> None:
    assert b"<" in clip(name).read_bytes()
    assert not _holds(packages.made(name).out, b"<script", b"<p>a</p>", b"page.html")
