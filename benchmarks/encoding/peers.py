"""The arguments of PeerTube and MediaCMS, as their public sources build them.

PeerTube (Chocobozzz/PeerTube, read in November 2026): `packages/ffmpeg/src/ffmpeg-vod.ts`
and `shared/presets.ts` (one process per rung: own decode, `scale=w=-2:h=H`, one fMP4 file
as HLS of 4 s), `ffmpeg-default-transcoding-profile.ts` (veryfast, no CRF given and so
x264's 23, maxrate from the input's rate and the picture's size, bufsize twice that,
b_strategy 1, 16 B-frames, the frame rate of the source), `shared/encoder-options.ts` (a
key frame every 2 s), `packages/core-utils/src/videos/bitrate.ts` (bits per pixel),
`config/default.yaml` (one thread, sound in each rung, no files beside the HLS). AAC is
stereo at the encoder's own rate, which is what a source in AAC leads to. Out of the box
PeerTube makes no rung but the source's own; "its ladder" is what its list of resolutions
gives when an administrator switches on all from 240p up. The copy of the source that it
makes first is left out, in its favour.

MediaCMS (mediacms-io/mediacms, commit 90b9fad5): `files/helpers.py` (`get_base_ffmpeg_command`:
CRF 23, preset medium, lanczos, one process per rung into an MP4, maxrate and bufsize 1.5
times the table's rate, key frames forced every 4 s, AAC 128k stereo),
`fixtures/encoding_profiles.json` (the six rungs that are active), `files/tasks.py`
(`create_hls`: all MP4s into HLS of 4 s by Bento4's mp4hls). Bento4 is not at hand: here
ffmpeg copies each MP4 into fMP4 segments, which are smaller than mp4hls's MPEG-TS and
cost less. Its animated preview and its sprites are left out. Both favour MediaCMS.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

Argv = list[str]

PEERTUBE_BITS_PER_PIXEL = {1080: 0.10, 720: 0.11, 480: 0.12, 360: 0.15, 240: 0.17}
PEERTUBE_LEAST_BITS_PER_PIXEL = 0.02
PEERTUBE_MARGIN = 1.3  # over the source's own rate
MEDIACMS_KBPS = {1080: 4500, 720: 2500, 480: 1000, 360: 500, 240: 300, 144: 150}


@dataclass(frozen=True)
class Upload:
    """What the peers look at before they choose."""

    path: Path
    width: int
    height: int
    fps: int
    video_bps: int

    def sides(self, known: Iterable[int]) -> list[int]:
        """Of the known rungs those that it is large enough for."""
        return [side for side in known if side <= min(self.width, self.height)]


@dataclass(frozen=True)
class Ladder:
    """Commands to run in `folder`, one after another, and the files to look at then."""

    commands: Sequence[Argv]
    streamed: Sequence[str]  # globs: what players fetch
    stored: Sequence[str]
    at_720: Sequence[str]
    picture_720: str


def peertube(ffmpeg: str, upload: Upload) -> Ladder:
    return Ladder(
        [
            _peertube(ffmpeg, upload, side)
            for side in upload.sides(PEERTUBE_BITS_PER_PIXEL)
        ],
        streamed=["*.mp4"],
        stored=["*.mp4", "*.m3u8"],
        at_720=["720.mp4"],
        picture_720="720.mp4",
    )


def _peertube(ffmpeg: str, upload: Upload, side: int) -> Argv:
    pixels = side * (side * upload.width / upload.height) * upload.fps
    wanted = min(
        pixels * PEERTUBE_BITS_PER_PIXEL[side], upload.video_bps * PEERTUBE_MARGIN
    )
    ceiling = int(max(wanted, pixels * PEERTUBE_LEAST_BITS_PER_PIXEL))
    return [
        *[ffmpeg, "-nostdin", "-v", "error", "-y", "-i", str(upload.path)],
        *["-threads", "1", "-max_muxing_queue_size", "1024", "-map_metadata", "-1"],
        *["-pix_fmt", "yuv420p", "-c:a", "aac", "-channel_layout", "stereo"],
        *["-c:v", "libx264", "-vf", f"scale=w=-2:h={side}", "-preset", "veryfast"],
        *["-maxrate:v", str(ceiling), "-bufsize:v", str(2 * ceiling)],
        *["-b_strategy", "1", "-bf", "16", "-r", str(upload.fps)],
        *["-g:v", str(2 * upload.fps), "-hls_time", "4", "-hls_list_size", "0"],
        *["-hls_playlist_type", "vod", "-hls_segment_filename", f"{side}.mp4"],
        *["-hls_segment_type", "fmp4", "-f", "hls", "-hls_flags", "single_file"],
        f"{side}.m3u8",
    ]


def mediacms(ffmpeg: str, upload: Upload) -> Ladder:
    sides = upload.sides(MEDIACMS_KBPS)
    commands = [_mediacms(ffmpeg, upload, side) for side in sides]
    commands += [_segmented(ffmpeg, side) for side in sides]
    return Ladder(
        commands,
        streamed=["hls-*"],
        stored=["*.mp4", "hls-*", "*.m3u8"],
        at_720=["hls-720-*"],
        picture_720="720.mp4",
    )


def _mediacms(ffmpeg: str, upload: Upload, side: int) -> Argv:
    long_side, frames = round(side * 16 / 9), 4 * upload.fps
    ceiling = f"{int(1.5 * MEDIACMS_KBPS[side])}k"
    scale = (
        rf"scale=if(lt(iw\,ih)\,{side}\,{long_side}):if(lt(iw\,ih)\,{long_side}\,{side})"
        ":force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos"
    )
    return [
        *[ffmpeg, "-nostdin", "-v", "error", "-y", "-i", str(upload.path)],
        *["-c:v", "libx264", "-filter:v", f"{scale},fps=fps={upload.fps}"],
        *["-pix_fmt", "yuv420p", "-crf", "23", "-c:a", "aac", "-b:a", "128k"],
        *["-ac", "2", "-maxrate", ceiling, "-bufsize", ceiling],
        *["-force_key_frames", "expr:gte(t,n_forced*4)"],
        *["-x264-params", f"keyint={2 * frames}:keyint_min={frames}"],
        *["-preset", "medium", "-profile:v", "main", "-level", "4.2"],
        *["-strict", "-2", f"{side}.mp4"],
    ]


def _segmented(ffmpeg: str, side: int) -> Argv:
    return [
        *[ffmpeg, "-nostdin", "-v", "error", "-y", "-i", f"{side}.mp4", "-c", "copy"],
        *["-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod"],
        *[
            "-hls_segment_type",
            "fmp4",
            "-hls_fmp4_init_filename",
            f"hls-{side}-init.mp4",
        ],
        *["-hls_segment_filename", f"hls-{side}-%d.m4s", f"{side}.m3u8"],
    ]
