"""Reads an ffmpeg command of ours back, to run parts of it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FLAGS = {"-sn", "-dn", "-an", "-vn", "-nostdin", "-hide_banner", "-nostats", "-y"}
OF_THE_MUXER = ("hls_", "map_", "var_stream_map", "avoid_negative_ts")
QUIETLY = ("-nostdin", "-v", "error", "-y")


@dataclass(frozen=True)
class Output:
    name: str
    maps: tuple[str, ...]
    options: tuple[tuple[str, str], ...]

    @property
    def pictures(self) -> Iterator[tuple[int, str]]:
        """Number and name of each video stream of `v:0,agroup:a,name:720p …`."""
        for group in dict(self.options).get("var_stream_map", "").split():
            parts = dict(part.split(":", 1) for part in group.split(","))
            if "v" in parts:
                yield int(parts["v"]), parts["name"]

    def words(self) -> list[str]:
        said = [word for pad in self.maps for word in ("-map", pad)]
        for name, value in self.options:
            said += [f"-{name}", value]
        return [*said, self.name]

    def encoder_of(self, number: int) -> Iterator[str]:
        """What is said to the encoder of that stream, as for an only one."""
        for name, value in self.options:
            base, _, stream = name.partition(":v:")
            is_sound = name.endswith(":a") or ":a:" in name
            if name == "f" or is_sound or name.startswith(OF_THE_MUXER):
                continue
            if not stream:
                yield from (f"-{name}", value)
            elif stream == str(number):
                yield from (f"-{base}:v", value)


@dataclass(frozen=True)
class Command:
    """One that has a filter graph."""

    head: tuple[str, ...]  # up to the end of the graph
    outputs: tuple[Output, ...]

    @property
    def ffmpeg(self) -> str:
        return self.head[0]

    def raw(self, wanted: str) -> list[str]:
        """The same graph; `wanted` goes to stdout as raw frames, all else nowhere."""
        words = [*self.head]
        for pad in (pad for one in self.outputs for pad in one.maps):
            raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]
            words += ["-map", pad, *(raw if pad == wanted else ["-f", "null", "-"])]
        return [*words, *QUIETLY]

    def without_encoders(self) -> list[str]:
        """The same graph and the same JPEGs, but no rung and no sound."""
        words = [*self.head]
        for one in self.outputs:
            if ("f", "image2") in one.options:
                words += one.words()
            else:
                words += [
                    w for pad in one.maps for w in ("-map", pad, "-f", "null", "-")
                ]
        return [*words, *QUIETLY]


def read(argv: Sequence[str]) -> Command | None:
    if "-filter_complex" not in argv:
        return None
    end = list(argv).index("-filter_complex") + 2
    return Command(tuple(argv[:end]), tuple(_outputs(argv[end:])))


def _outputs(words: Sequence[str]) -> Iterator[Output]:
    maps: list[str] = []
    options: list[tuple[str, str]] = []
    rest = iter(words)
    for word in rest:
        if word in FLAGS:
            continue
        if word == "-map":
            maps.append(next(rest))
        elif word.startswith("-") and word != "-":
            options.append((word[1:], next(rest)))
        else:
            yield Output(word, tuple(maps), tuple(options))
            maps, options = [], []
