"""The playlists that are served: written by us, from what the segments really hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from media_pipeline.commands import WORK_PLAYLIST
from media_pipeline.ladder import Rung
from media_pipeline.tracks import Track

MASTER = "master.m3u8"
MEDIA = "playlist.m3u8"
KEYS = "iframes.m3u8"


def media_url(track: Track) -> str:
    return f"{track.folder}/{MEDIA}"


def target_s(tracks: Iterable[Track]) -> int:
    """All playlists of one master must name the same (RFC 8216, 6.2.4), also those to
    come, which may end a little later."""
    return max(1, *(round(track.longest_s + 0.2) for track in tracks))


def media_playlist(track: Track, target_s: int) -> str:
    lines = _head(track, target_s, "#EXT-X-INDEPENDENT-SEGMENTS")
    for segment in track.segments:
        lines += [f"#EXTINF:{segment.duration_s:.6f},", segment.name]
    return _ended(lines)


def key_playlist(track: Track, target_s: int) -> str:
    """The key frame that opens each segment, for seeking at a glance: as bytes from the
    fragment's head to the end of its first picture."""
    lines = _head(track, target_s, "#EXT-X-I-FRAMES-ONLY")
    for segment in track.segments:
        lines += [
            f"#EXTINF:{segment.duration_s:.6f},",
            f"#EXT-X-BYTERANGE:{segment.key_bytes}@{segment.key_at}",
            segment.name,
        ]
    return _ended(lines)


def _head(track: Track, target_s: int, kind: str) -> list[str]:
    return [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{target_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        kind,
        f'#EXT-X-MAP:URI="{track.init}"',
    ]


def _ended(lines: list[str]) -> str:
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master_playlist(
    rungs: Sequence[tuple[Rung, Track]], sounds: Sequence[Track]
) -> str:
    """Every rung with every encoding of the sound, from the smallest up: a player that
    does not measure starts small."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    lines += [_sound_line(sound) for sound in sounds]
    ordered = sorted(rungs, key=lambda pair: pair[0].width * pair[0].height)
    for sound in sounds or (None,):
        for rung, track in ordered:
            lines += [_variant_line(rung, track, sound), media_url(track)]
    lines += [_key_line(rung, track) for rung, track in ordered]
    return "\n".join([*lines, ""])


def _sound_line(sound: Track) -> str:
    return (
        f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="{sound.folder}",NAME="audio",DEFAULT=YES,'
        f'AUTOSELECT=YES,URI="{media_url(sound)}"'
    )


def _variant_line(rung: Rung, track: Track, sound: Track | None) -> str:
    peak = track.peak_bps + (sound.peak_bps if sound else 0)
    average = track.average_bps + (sound.average_bps if sound else 0)
    codecs = ",".join([track.codec, *([sound.codec] if sound else [])])
    group = f',AUDIO="{sound.folder}"' if sound else ""
    return (
        f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},"
        f'CODECS="{codecs}",RESOLUTION={rung.width}x{rung.height},'
        f"FRAME-RATE={float(rung.fps):.3f}{group}"
    )


def _key_line(rung: Rung, track: Track) -> str:
    return (
        f"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={track.key_peak_bps},"
        f'CODECS="{track.codec}",RESOLUTION={rung.width}x{rung.height},'
        f'URI="{track.folder}/{KEYS}"'
    )


# --- writing --------------------------------------------------------------------


def write_media(
    out_dir: Path, pictures: Sequence[Track], sounds: Sequence[Track], target_s: int
) -> None:
    for track in (*pictures, *sounds):
        folder = out_dir / track.folder
        _replace(folder / MEDIA, media_playlist(track, target_s))
        (folder / WORK_PLAYLIST).unlink(missing_ok=True)
    for track in pictures:
        _replace(out_dir / track.folder / KEYS, key_playlist(track, target_s))


def write_master(
    out_dir: Path, rungs: Sequence[tuple[Rung, Track]], sounds: Sequence[Track]
) -> None:
    _replace(out_dir / MASTER, master_playlist(rungs, sounds))


def _replace(path: Path, text: str) -> None:
    """Whole or not at all, also for one who reads meanwhile."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
