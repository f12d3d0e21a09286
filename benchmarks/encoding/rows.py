"""What the project promises about its encoding, as rows of the table."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator
from pathlib import Path

from benchmarks.encoding import ours
from benchmarks.encoding.contest import OURS, PEERS, Contest
from benchmarks.encoding.report import Missing, Row
from benchmarks.encoding.sources import Clip

CPU_REACH = {"PeerTube": 1.5, "MediaCMS": 2.2}
AT_720_REACH = {"PeerTube": 2.1, "MediaCMS": 1.9}
STORED_REACH = {"slides": 5.0, "camera": 3.0}
OVER_BARE = 1.10
BELOW_BEST_VMAF = 2.0
FIRST_WATCHABLE = 0.35
STILLS_PERCENT = 2.0
PIECE_S = 60
PIECES_CPU = 1.06
PIECES_BYTES = 1.02


def of_contest(held: Contest) -> Iterator[Row | Missing]:
    name = held.clip.name
    mine = held.outcomes[OURS]
    for peer in PEERS:
        theirs = held.outcomes[peer]
        yield Row(
            f"{name}: CPU, {peer} / ours",
            theirs.cpu_s / mine.cpu_s,
            least=CPU_REACH[peer],
            beside=f"{theirs.cpu_s:.1f} / {mine.cpu_s:.1f} s",
        )
    yield Row(
        f"{name}: CPU, ours / bare x264, same rungs",
        mine.cpu_s / held.bare_cpu_s,
        most=OVER_BARE,
        beside=f"{mine.cpu_s:.1f} / {held.bare_cpu_s:.1f} s; "
        + ", ".join(held.last.rungs),
    )
    yield from _bytes(held)
    yield _quality(held)


def _bytes(held: Contest) -> Iterator[Row]:
    name, mine = held.clip.name, held.outcomes[OURS]

    def kbps(size: int) -> str:
        return f"{size * 8 / held.clip.seconds / 1000:.0f}"

    for peer in PEERS:
        theirs = held.outcomes[peer]
        yield Row(
            f"{name}: bytes at 720p with sound, {peer} / ours",
            held.ratio(peer, "at_720"),
            least=AT_720_REACH[peer] if name == "slides" else None,
            beside=f"{kbps(theirs.at_720)} / {kbps(mine.at_720)} kbit/s",
        )
    for peer in PEERS:
        theirs = held.outcomes[peer]
        yield Row(
            f"{name}: stored bytes, {peer} / ours",
            held.ratio(peer, "streamed"),
            least=STORED_REACH[name],
            beside=f"rungs and sound, {kbps(theirs.streamed)} / {kbps(mine.streamed)} kbit/s",
        )
        yield Row(
            f"{name}: the same with all other files, {peer} / ours",
            held.ratio(peer, "stored"),
            beside=f"{kbps(theirs.stored)} / {kbps(mine.stored)} kbit/s",
        )


def _quality(held: Contest) -> Row | Missing:
    measure = f"{held.clip.name}: VMAF at 720p, better peer − ours"
    scores = {name: one.vmaf_720 for name, one in held.outcomes.items()}
    known = {name: score for name, score in scores.items() if score is not None}
    if len(known) < len(scores):
        return Missing(measure, "there is no ffmpeg with libvmaf")
    return Row(
        measure,
        max(known[peer] for peer in PEERS) - known[OURS],
        most=BELOW_BEST_VMAF if held.clip.name == "slides" else None,
        unit=" points",
        beside=", ".join(f"{name} {score:.1f}" for name, score in known.items()),
    )


def singly(clip: Clip, folder: Path, runs: int) -> list[ours.Run]:
    """The engine's whole work by one worker; of the last run the files stay."""
    done = []
    for _ in range(runs):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        done.append(ours.run(clip.path, folder / OURS))
    return done


def of_long_clip(clip: Clip, done: list[ours.Run], folder: Path) -> Iterator[Row]:
    """How soon it can be watched, and what its pictures cost."""
    folder.mkdir(parents=True)
    stills_s = [ours.stills_cpu_s(clip.path, folder) for _ in done]
    first_s = statistics.median(one.manifest["first_playable_s"] for one in done)
    yield Row(
        f"{clip.name}: first rung watchable, share of the clip's length",
        first_s / clip.seconds,
        most=FIRST_WATCHABLE,
        beside=f"{first_s:.1f} of {clip.seconds:g} s",
    )
    whole_s = statistics.median(one.spent.cpu_s for one in done)
    cost_s = statistics.median(stills_s)
    yield Row(
        f"{clip.name}: poster and storyboard, share of the CPU",
        100 * cost_s / whole_s,
        most=STILLS_PERCENT,
        unit=" %",
        beside=f"{cost_s:.2f} of {whole_s:.1f} s",
    )


def of_pieces(
    clip: Clip, ones: list[ours.Run], folder: Path
) -> Iterator[Row | Missing]:
    """A long clip by several workers, against the same by one."""
    named = f"{clip.name}: pieces / one run"
    if clip.seconds < 2 * PIECE_S:
        for what in ("CPU", "bytes", "pictures lost or doubled"):
            yield Missing(f"{named}, {what}", f"{clip.seconds:g} s are one piece")
        return
    pairs = []
    for one in ones:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        pairs.append((ours.run_in_pieces(clip.path, folder / "many", PIECE_S), one))
    many, one = pairs[-1]
    cpu_s = [statistics.median(pair[n].spent.cpu_s for pair in pairs) for n in (0, 1)]
    beside = f"{cpu_s[0]:.1f} / {cpu_s[1]:.1f} s, pieces of {PIECE_S} s or more"
    yield Row(f"{named}, CPU", cpu_s[0] / cpu_s[1], most=PIECES_CPU, beside=beside)
    sizes = [found.streamed_bytes / 1e6 for found in (many, one)]
    beside = f"{sizes[0]:.2f} / {sizes[1]:.2f} MB"
    yield Row(f"{named}, bytes", sizes[0] / sizes[1], most=PIECES_BYTES, beside=beside)
    counts = [
        (many.pictures_of(rung, folder), one.pictures_of(rung, folder))
        for rung in one.rungs
    ]
    lost = sum(abs(found - wanted) for found, wanted in counts)
    beside = f"of {sum(wanted for _, wanted in counts)} in {len(counts)} rungs"
    yield Row(f"{named}, pictures lost or doubled", lost, most=0, beside=beside)
