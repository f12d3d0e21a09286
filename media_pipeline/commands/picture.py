"""The way of the picture from the source to each rung."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from media_pipeline.commands.recipe import Recipe
from media_pipeline.ladder import Rung
from media_pipeline.source import Source

TONE_TABLE = "tones.cube"
MUCH = 2.5  # times as wide


def branches_of(
    recipe: Recipe, video: Any, rungs: Sequence[Rung], *, pictures: bool
) -> dict[str, Any]:
    """One stream for each rung, scaled from the one above it, which halves the cost of
    scaling; and one named "stills", of the largest, for posters and storyboard."""
    here = _prepared(recipe, video, rungs[0])
    sizes = {rung.name: (rung.width, rung.height) for rung in rungs}
    size = (rungs[0].width, rungs[0].height)
    names = ["stills"] * pictures + list(sizes)
    branches: dict[str, Any] = {}
    for name in names:
        if sizes.get(name, size) != size:
            scaler = _scaler(recipe.source, size[0], sizes[name][0])
            size = sizes[name]
            here = here.filter("scale", *size, **scaler).filter("setsar", 1)
        if name == names[-1]:
            branches[name] = here
        else:
            pads = here.filter_multi_output("split", 2)
            branches[name], here = pads[0], pads[1]
    return branches


def _scaler(source: Source, width: int, smaller: int) -> dict[str, object]:
    """Text keeps its edges, at the cost of the usual way (+2 VMAF at 720p). A camera's
    picture that becomes much smaller is averaged, which is quicker."""
    if source.content == "still":
        return {"flags": "bicubic", "param0": 0, "param1": 0.8}
    return {"flags": "area"} if width >= MUCH * smaller else {}


def _prepared(recipe: Recipe, video: Any, largest: Rung) -> Any:
    """Progressive, constant rate, 8-bit 4:2:0 in square pixels and named colours."""
    source = recipe.source
    if source.is_interlaced:
        video = video.filter("yadif", mode="send_frame", deint="interlaced")
    video = video.filter("fps", str(recipe.ladder.fps), start_time=0)
    if source.duration_ms > source.video_ms:
        gap_s = (source.duration_ms - source.video_ms) / 1000
        video = video.filter("tpad", stop_mode="clone", stop_duration=f"{gap_s:.3f}")
    if recipe.span is not None:  # exactly these pictures, from time 0
        start, end = recipe.span.start, recipe.span.end
        video = video.filter("trim", start_frame=start, end_frame=end)
        video = video.filter("setpts", "PTS-STARTPTS")
    size = (largest.width, largest.height)
    if source.is_hdr:  # of few pixels: nothing else here is as dear
        video = _of_ordinary_brightness(video, size)
    scaler = _scaler(source, source.width, largest.width)
    convert = {"out_color_matrix": source.colours} if source.must_convert else {}
    video = video.filter("scale", *size, out_range="tv", **convert, **scaler)
    video = video.filter("format", "yuv420p").filter("setsar", 1)
    # Left open, players guess the colours by the size, for each rung its own way.
    names = ("colorspace", "color_primaries", "color_trc")
    return video.filter("setparams", range="tv", **dict.fromkeys(names, source.colours))


def _of_ordinary_brightness(video: Any, size: tuple[int, int]) -> Any:
    """By the table of `tonemap.py`, which must lie where the command runs."""
    small = video.filter("scale", *size, in_color_matrix="bt2020")
    return small.filter("format", "gbrp10").filter("lut3d", TONE_TABLE)
