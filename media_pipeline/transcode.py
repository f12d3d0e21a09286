"""A file in, a playable package out: probe, first rung, the others, finish."""

from __future__ import annotations

import logging
import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from django.conf import settings

from media_pipeline import (
    binaries,
    commands,
    package,
    plans,
    playlists,
    posters,
    sampling,
    tracks,
)
from media_pipeline.errors import PackageError, PipelineError, RefusedError, ToolError
from media_pipeline.ladder import Ladder, Rung, ladder_for
from media_pipeline.package import Download, Manifest, Seconds
from media_pipeline.plans import FINISH_SHARE, Plan
from media_pipeline.probe import Limits, probe
from media_pipeline.session import Session
from media_pipeline.source import Source
from media_pipeline.tracks import Track

logger = logging.getLogger(__name__)

OWN_FILES = re.compile(
    r"master\.m3u8|\d+p|audio|download\.mp4|(poster|candidate)-\d+\.jpg"
    r"|storyboard(-\d+\.jpg|\.vtt)|\..+\.new"
)

# Share of pictures. A scratch or two is no reason to keep a lesson from the library, and
# a recording that begins in the midst of things has some at its start.
MAY_BE_SPOILT = 0.1

Phase = Literal["probe", "first", "rest", "finish"]


@dataclass(frozen=True)
class Progress:
    fraction: float  # of the whole work, 0 to 1; never falls
    phase: Phase
    seconds_left: int | None  # None until there is something to go by


@dataclass
class Work:
    """One run: where it writes, who listens, and what is whole so far."""

    out_dir: Path
    session: Session
    on_progress: Callable[[Progress], None] | None
    started: float = field(default_factory=time.monotonic)
    fraction: float = 0.0
    tracks: dict[str, Track] = field(default_factory=dict)
    first_playable_s: float = 0.0

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def tell(self, fraction: float, phase: Phase) -> None:
        self.fraction = max(self.fraction, min(fraction, 1.0))
        if self.on_progress is None:
            return
        left = None
        if self.fraction > 0.05:
            left = round(self.seconds / self.fraction - self.seconds)
        self.on_progress(Progress(round(self.fraction, 4), phase, left))


def transcode(
    source: Path,
    out_dir: Path,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    on_first_playable: Callable[[Manifest], None] | None = None,
    session: Session | None = None,
) -> Manifest:
    """Make a package of `source` in `out_dir`, which may hold only an older run's files.

    `on_first_playable` is called when OUT_DIR holds a master whose rungs are whole and
    more are to come; never for a clip that is made in one decode. `session` can stop the
    work, and has its commands even when it fails.

    Raises RefusedError (OUT_DIR is then empty), CancelledError, ToolError or PackageError
    (OUT_DIR then holds the first phase's package or nothing).
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    _clear(out_dir)
    work = Work(out_dir.absolute(), session or Session(), on_progress)
    try:
        return _transcode(work, source, on_first_playable)
    except RefusedError:
        _clear(out_dir)
        raise
    except PipelineError:
        _drop_unfinished(work)
        raise


def _transcode(
    work: Work, path: Path, on_first_playable: Callable[[Manifest], None] | None
) -> Manifest:
    work.tell(0, "probe")
    source = probe(path, Limits.from_settings(), work.session)
    plan = planned(source, work.session)
    first, *more = range(len(plan.phases))
    encode(work, plan, first)
    work.first_playable_s = work.seconds
    if more and on_first_playable is not None:
        on_first_playable(manifest_of(work, plan, plan.phases[first]))
    for phase in more:
        encode(work, plan, phase)
    return finish(work, plan)


def planned(source: Source, session: Session, *, early: bool = True) -> Plan:
    """What will be made of a source that the probe found good."""
    source = sampling.sample(source, session)
    return plans.plan_of(source, ladder_for(source), early=early)


def recipe_for(plan: Plan) -> commands.Recipe:
    """For the ffmpeg of this machine."""
    found = binaries.find()
    return commands.Recipe(
        ffmpeg=found.ffmpeg,
        source=plan.source,
        ladder=plan.ladder,
        threads=settings.TRANSCODE_THREADS,
        tone_map=binaries.tone_map(found) if plan.source.is_hdr else "none",
    )


def encode(work: Work, plan: Plan, phase: int) -> None:
    """One decode into the rungs of a phase, then a new master. The first has the sound,
    the last the pictures for posters and storyboard."""
    argv = commands.encode(
        recipe_for(plan),
        plan.phases[phase],
        sound=phase == 0,
        pictures=phase == len(plan.phases) - 1,
    )
    _run(work, argv, plan.source, _listener(work, plan, phase))
    take_in(work, plan, phase)


def take_in(work: Work, plan: Plan, phase: int) -> None:
    """Prove what a phase has written, then list it."""
    source, ladder, out_dir = plan.source, plan.ladder, work.out_dir
    rungs, sound = plan.phases[phase], phase == 0 and source.sound is not None
    fresh = {rung.name: tracks.read_track(out_dir, rung.name) for rung in rungs}
    if sound:
        heard = tracks.read_track(out_dir, commands.AUDIO)
        fresh[commands.AUDIO] = tracks.join_short_tail(out_dir, heard)
    known = work.tracks | fresh
    videos = [(rung, known[rung.name]) for rung in _in(known, ladder)]
    sounds = [known[commands.AUDIO]] if commands.AUDIO in known else []
    pictures = [fresh[rung.name] for rung in rungs]
    tracks.check_again(
        [known[rung.name] for rung in _in(work.tracks, ladder)], pictures
    )
    tracks.check(source, [track for _, track in videos], sounds)
    target_s = playlists.target_s(known.values())
    playlists.write_media(out_dir, pictures, sounds if sound else [], target_s)
    playlists.write_master(out_dir, videos, sounds)
    work.tracks = known


def _run(
    work: Work, argv: list[str], source: Source, listen: Callable[[str], None]
) -> None:
    try:
        work.session.run(
            argv,
            cwd=work.out_dir,
            reads=(source.path,),
            timeout_s=300 + 40 * source.duration_s,
            on_line=listen,
            on_complaint=_judge(source),
        )
    except ToolError as error:
        if commands.is_undecodable(error.exit_code, error.detail):
            raise RefusedError("damaged", error.detail) from error
        raise


def _judge(source: Source) -> Callable[[str], None]:
    """Refuses the source as soon as too many of its pictures have come out spoilt."""
    most = MAY_BE_SPOILT * float(source.fps) * source.video_ms / 1000
    spoilt = 0

    def judge(line: str) -> None:
        nonlocal spoilt
        spoilt += commands.is_spoilt_picture(line)
        if spoilt > most:
            raise RefusedError("damaged", f"over {most:.0f} pictures are spoilt")

    return judge


def _in(tracks: dict[str, Track], ladder: Ladder) -> list[Rung]:
    return [rung for rung in ladder.rungs if rung.name in tracks]


def _listener(work: Work, plan: Plan, phase: int) -> Callable[[str], None]:
    """Turns ffmpeg's `-progress` lines into the share of the whole work."""
    name: Phase = "rest" if phase else "first"

    def listen(line: str) -> None:
        key, _, value = line.partition("=")
        if key == "out_time_us" and value.isdigit():
            share = int(value) / 1000 / plan.source.duration_ms
            work.tell(plan.fraction(phase, share), name)

    return listen


def finish(work: Work, plan: Plan) -> Manifest:
    source, ladder = plan.source, plan.ladder
    work.tell(1 - FINISH_SHARE, "finish")
    sound = work.tracks.get(commands.AUDIO)
    work.session.run(
        commands.join_download(
            recipe_for(plan).ffmpeg,
            playlists.media_url(work.tracks[ladder.download.name]),
            playlists.media_url(sound) if sound else None,
        ),
        cwd=work.out_dir,
        timeout_s=60 + source.duration_s / 10,
    )
    chosen = posters.choose_posters(work.out_dir)
    download = work.out_dir / commands.DOWNLOAD
    manifest = replace(
        manifest_of(work, plan, ladder.rungs),
        download=Download(commands.DOWNLOAD, download.stat().st_size),
        poster=chosen[0] if chosen else None,
        posters=chosen,
        storyboard=posters.write_storyboard(work.out_dir, source),
        is_whole=True,
    )
    work.tell(1, "finish")
    logger.info(
        "transcode source=%s content=%s seconds=%.1f cpu=%.1f",
        source.path.name,
        source.content,
        manifest.seconds.wall,
        manifest.seconds.cpu,
    )
    return manifest


def manifest_of(work: Work, plan: Plan, rungs: Sequence[Rung]) -> Manifest:
    sound = work.tracks.get(commands.AUDIO)
    return Manifest(
        content=plan.source.content,
        source=plan.source.as_json(),
        master=playlists.MASTER,
        renditions=tuple(
            package.rendition(rung, work.tracks[rung.name]) for rung in rungs
        ),
        audio=package.audio(sound) if sound else None,
        first_playable_s=round(work.first_playable_s, 2),
        seconds=Seconds(round(work.seconds, 2), round(work.session.cpu_s, 2)),
        commands=tuple(work.session.commands),
    )


# --- the folder -----------------------------------------------------------------


def _clear(out_dir: Path) -> None:
    """Remove what an earlier run left; never a file that is not ours."""
    for path in out_dir.iterdir():
        if not OWN_FILES.fullmatch(path.name):
            raise PackageError(f"{out_dir} holds {path.name}, which is not ours")
        _remove(path)


def _drop_unfinished(work: Work) -> None:
    """Keep what the last written master lists, which is whole; nothing else."""
    kept = {playlists.MASTER, *work.tracks} if work.tracks else set()
    for path in work.out_dir.iterdir():
        if path.name not in kept:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
