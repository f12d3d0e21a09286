"""One clip through all contestants, several times, one after another."""

from __future__ import annotations

import shutil
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.encoding import measuring, ours, peers
from benchmarks.encoding.sources import Clip
from media_pipeline.probe import Limits, probe

PEERS = {"PeerTube": peers.peertube, "MediaCMS": peers.mediacms}
OURS, BARE = "ours", "bare x264"


@dataclass(frozen=True)
class Tools:
    ffmpeg: str
    with_vmaf: str | None


@dataclass(frozen=True)
class Outcome:
    cpu_s: float
    streamed: int  # bytes of all that players may fetch
    stored: int
    at_720: int  # with sound
    vmaf_720: float | None


@dataclass(frozen=True)
class Contest:
    clip: Clip
    outcomes: dict[str, Outcome]  # of the peers and ours
    bare_cpu_s: float
    last: ours.Run

    def ratio(self, peer: str, of: str) -> float:
        """The peer's over ours."""
        whole: float = getattr(self.outcomes[peer], of)
        mine: float = getattr(self.outcomes[OURS], of)
        return whole / mine


def hold(tools: Tools, clip: Clip, folder: Path, runs: int) -> Contest:
    """Interleaved, so that whatever else the machine does disturbs all alike."""
    upload = _upload(clip)
    ladders = {name: peer(tools.ffmpeg, upload) for name, peer in PEERS.items()}
    cpu_s: dict[str, list[float]] = {name: [] for name in (*PEERS, OURS, BARE)}
    for _ in range(runs):
        for name, ladder in ladders.items():
            spent = measuring.commands(ladder.commands, _fresh(folder / name))
            cpu_s[name].append(spent.cpu_s)
        last = ours.run(clip.path, _fresh(folder / OURS))
        cpu_s[OURS].append(last.spent.cpu_s)
        cpu_s[BARE].append(ours.bare_cpu_s(last, folder))
    medians = {name: statistics.median(times) for name, times in cpu_s.items()}
    outcomes = {
        name: _outcome(tools, upload, folder / name, ladder, medians[name])
        for name, ladder in ladders.items()
    }
    outcomes[OURS] = _ours(tools, upload, last, medians[OURS])
    return Contest(clip, outcomes, medians[BARE], last)


def _upload(clip: Clip) -> peers.Upload:
    found = probe(clip.path, Limits.from_settings())
    bits = clip.path.stat().st_size * 8
    return peers.Upload(
        clip.path,
        found.width,
        found.height,
        round(found.fps),
        int(bits / found.duration_s) - 128_000,
    )


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _outcome(
    tools: Tools, upload: peers.Upload, folder: Path, ladder: peers.Ladder, cpu_s: float
) -> Outcome:
    return Outcome(
        cpu_s,
        measuring.bytes_of(folder, ladder.streamed),
        measuring.bytes_of(folder, ladder.stored),
        measuring.bytes_of(folder, ladder.at_720),
        _vmaf(tools, folder / ladder.picture_720, upload),
    )


def _ours(tools: Tools, upload: peers.Upload, last: ours.Run, cpu_s: float) -> Outcome:
    picture = last.picture("720p", last.folder.with_name("ours-720.mp4"))
    return Outcome(
        cpu_s,
        last.streamed_bytes,
        last.stored_bytes,
        last.rungs["720p"]["bytes"] + last.sound_bytes,
        _vmaf(tools, picture, upload),
    )


def _vmaf(tools: Tools, picture: Path, upload: peers.Upload) -> float | None:
    if tools.with_vmaf is None:
        return None
    return measuring.vmaf(tools.with_vmaf, picture, upload.path, upload.fps)


def find_vmaf() -> str | None:
    """An ffmpeg with libvmaf, which is not needed for anything but this."""
    try:
        # Developers on Linux have it, others may not.
        import imageio_ffmpeg  # type: ignore[import-untyped] # noqa: PLC0415
    except ImportError:
        return None
    path: str = imageio_ffmpeg.get_ffmpeg_exe()
    told = subprocess.run(
        [path, "-hide_banner", "-filters"], capture_output=True, text=True, check=True
    )
    return path if "libvmaf" in told.stdout else None
