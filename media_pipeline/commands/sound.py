"""The way of the sound: one track, one loudness, encoded once for all rungs."""

from __future__ import annotations

from typing import Any

from media_pipeline.commands.recipe import OPUS
from media_pipeline.source import Source

TARGET_LUFS = -16.0  # for phones; -23 is for broadcast
MAX_GAIN_DB = 20.0


def levelled(source: Source, sound: Any) -> Any:
    """Sound from the first instant to the last, at the loudness of the whole library."""
    sound = sound.filter("aresample", 48000, **{"async": 1, "first_pts": 0})
    sound = sound.filter(
        "aformat", channel_layouts="stereo" if is_wide(source) else "mono"
    )
    if source.sound and source.sound.loudness_lufs is not None:
        gain_db = min(TARGET_LUFS - source.sound.loudness_lufs, MAX_GAIN_DB)
        sound = sound.filter("volume", f"{gain_db:.1f}dB").filter(
            "alimiter", limit="0.84", level="disabled"
        )
    return sound.filter("apad", whole_dur=f"{source.duration_s:.3f}")


def is_wide(source: Source) -> bool:
    return source.sound is not None and (
        source.sound.is_stereo or source.sound.channels > 2
    )


def sound_options(source: Source, name: str) -> dict[str, object]:
    if name == OPUS:
        return {"c:a": "libopus", "b:a": "24k", "ac": 1}
    return {"c:a": "aac", "b:a": "96k" if is_wide(source) else "64k"}
