"""Our own engine, and parts of its work done alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import override_settings

from benchmarks.encoding import commandline, measuring
from benchmarks.encoding.commandline import Command
from benchmarks.encoding.measuring import Spent
from media_pipeline import binaries, commands, pieces, posters, sampling
from media_pipeline.ladder import ladder_for
from media_pipeline.probe import Limits, probe
from media_pipeline.transcode import transcode

Manifest = dict[str, Any]


@dataclass(frozen=True)
class Run:
    spent: Spent
    manifest: Manifest
    folder: Path

    @property
    def rungs(self) -> dict[str, dict[str, Any]]:
        return {one["name"]: one for one in self.manifest["renditions"]}

    @property
    def sound_bytes(self) -> int:
        return int(self.manifest["audio"]["bytes"])

    @property
    def streamed_bytes(self) -> int:
        pictures = sum(int(rung["bytes"]) for rung in self.rungs.values())
        return pictures + self.sound_bytes

    @property
    def stored_bytes(self) -> int:
        return measuring.bytes_of(self.folder, ["**/*"])

    def pictures_of(self, rung: str, scratch: Path) -> int:
        """How many a player would show."""
        whole = self.picture(rung, scratch / f"{self.folder.name}-{rung}.mp4")
        return measuring.pictures(binaries.find().ffprobe, whole)

    def picture(self, rung: str, to: Path) -> Path:
        """A rung's init and segments in one file."""
        path = self.folder / self.rungs[rung]["playlist"]
        named = re.findall(
            r'URI="([^"]+)"|^([^#\s].*)$', path.read_text(), re.MULTILINE
        )
        # One file may be named for each of its byte ranges.
        names = dict.fromkeys(init or segment for init, segment in named)
        to.write_bytes(b"".join((path.parent / name).read_bytes() for name in names))
        return to


def run(source: Path, folder: Path, **settings: object) -> Run:
    """The engine's whole work on a file, as a worker does it."""
    told = folder.with_name(f"{folder.name}.json")

    def work() -> None:
        with override_settings(**settings):
            told.write_text(json.dumps(transcode(source, folder).as_json()))

    spent = measuring.forked(work)
    return Run(spent, json.loads(told.read_text()), folder)


def run_in_pieces(source: Path, folder: Path, piece_s: int) -> Run:
    """The same as the jobs of a long clip do it, on this one machine."""
    told = folder.with_name(f"{folder.name}.json")
    folder.mkdir()

    def work() -> None:
        manifest = pieces.transcode_in_pieces(source, folder, piece_s)
        told.write_text(json.dumps(manifest.as_json()))

    spent = measuring.forked(work)
    return Run(spent, json.loads(told.read_text()), folder)


# --- the encoders alone ---------------------------------------------------------


@dataclass(frozen=True)
class _Bare:
    """One rung: what makes its raw frames, and what encodes them."""

    maker: list[str]
    encoder: list[str]


def bare_cpu_s(run_: Run, folder: Path) -> float:
    """CPU of x264 alone, with our arguments, fed with the frames that ours got."""
    return sum(_fed(rung, folder) for rung in _bare(run_))


def _bare(run_: Run) -> Iterator[_Bare]:
    for command in filter(None, map(commandline.read, run_.manifest["commands"])):
        for output in command.outputs:
            for number, name in output.pictures:
                maker = command.raw(output.maps[number])
                options = [*output.encoder_of(number)]
                yield _Bare(maker, _encoder(command, run_.rungs[name], options))


def _encoder(command: Command, rung: dict[str, Any], options: list[str]) -> list[str]:
    return [
        *[command.ffmpeg, *commandline.QUIETLY, "-f", "rawvideo"],
        *["-pix_fmt", "yuv420p", "-video_size", f"{rung['width']}x{rung['height']}"],
        *["-framerate", str(rung["fps"]), "-i", "pipe:0", *options],
        *["-f", "h264", "bare.h264"],
    ]


def _fed(rung: _Bare, folder: Path) -> float:
    with ExitStack() as stack:
        inlet, outlet = os.pipe()
        maker = subprocess.Popen(
            rung.maker, stdin=subprocess.DEVNULL, stdout=outlet, cwd=folder
        )
        stack.enter_context(maker)
        os.close(outlet)
        stack.callback(os.close, inlet)
        return measuring.command(rung.encoder, folder, stdin=inlet)


# --- posters and storyboard alone -----------------------------------------------


def stills_cpu_s(source: Path, folder: Path) -> float:
    """CPU of a decode with poster candidates and storyboard, less that of one without;
    and of choosing among them."""
    found = sampling.sample(probe(source, Limits.from_settings()))
    ladder = ladder_for(found)
    recipe = commands.Recipe(binaries.find().ffmpeg, found, ladder)
    spent = {}
    for pictures in (True, False):
        argv = commands.encode(recipe, ladder.rungs[:1], sound=False, pictures=pictures)
        command = commandline.read(argv)
        assert command is not None
        spent[pictures] = measuring.command(command.without_encoders(), folder)

    def choose() -> None:
        posters.choose_posters(folder)
        posters.write_storyboard(folder, found)

    return spent[True] - spent[False] + measuring.forked(choose).cpu_s
