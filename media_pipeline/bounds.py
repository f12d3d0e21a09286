"""What making a package of a clip may take of a machine: as measured, with room."""

from __future__ import annotations

import os

from media_pipeline.commands import Recipe
from media_pipeline.runner import Bounds
from media_pipeline.source import Source

_MIB = 1024**2
# Encoders and filters of a whole ladder took 500 MiB at 1080p on two cores.
LADDER_BYTES = 1024 * _MIB
THREAD_BYTES = 48 * _MIB  # all encoders, for each thread beyond those of two cores
PICTURE_BYTES = 6  # a pixel of the widest that cameras write: 4:4:4 in 16 bits
PICTURES = 10  # that decoder and filters hold, and one more a thread
MOST_DECODERS = 16
LOOK_BYTES = 64 * _MIB  # of small grey pictures
EXTRA_BYTES = 128 * _MIB  # posters and storyboard


def for_a_look(source: Source) -> Bounds:
    return Bounds(memory_bytes=_memory_bytes(source, 0), folder_bytes=LOOK_BYTES)


def for_a_package(recipe: Recipe) -> Bounds:
    """A rung has a ceiling; one of them is there once more as the download, and the
    largest may be the source's own."""
    source = recipe.source
    kbps = sum(rung.max_kbps for rung in recipe.ladder.rungs)
    rungs_bytes = round(2 * kbps * 125 * source.duration_s)
    return Bounds(
        memory_bytes=_memory_bytes(source, recipe.threads),
        folder_bytes=rungs_bytes + source.path.stat().st_size + EXTRA_BYTES,
    )


def _memory_bytes(source: Source, threads: int) -> int:
    cores = os.cpu_count() or 1
    pictures = PICTURES + min(cores, MOST_DECODERS)
    more = max(0, (threads or cores * 3 // 2) - 3)
    return (
        LADDER_BYTES
        + more * THREAD_BYTES
        + source.width * source.height * PICTURE_BYTES * pictures
    )
