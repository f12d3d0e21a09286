"""A file in, a playable package out: probe, first rung, the others, finish."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from media_pipeline import (
    binaries,
    bounds,
    commands,
    copying,
    folder,
    package,
    plans,
    playlists,
    posters,
    sampling,
    tonemap,
    tracks,
)
from media_pipeline.errors import PackageError, PipelineError, RefusedError, ToolError
from media_pipeline.ladder import MAY_END_EARLIER_MS, Options, ladder_for
from media_pipeline.package import Manifest
from media_pipeline.plans import Plan
from media_pipeline.probe import Limits, probe
from media_pipeline.session import Session
from media_pipeline.source import Source
from media_pipeline.tracks import Track
from media_pipeline.work import FINISH_SHARE, Progress, Seconds, Work, cost_of

__all__ = ["Progress", "transcode"]

logger = logging.getLogger(__name__)

# Share of pictures. A scratch or two is no reason to keep a lesson from the library, and
# a recording that begins in the midst of things has some at its start.
MAY_BE_SPOILT = 0.1


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
    folder.clear(out_dir)
    work = Work(out_dir.absolute(), session or Session(), on_progress)
    try:
        return _transcode(work, source, on_first_playable)
    except RefusedError:
        folder.clear(out_dir)
        raise
    except PipelineError:
        listed = {playlists.MASTER, *work.tracks} if work.tracks else set()
        folder.keep_only(work.out_dir, listed)  # which is whole; nothing else is
        raise


def _transcode(
    work: Work, path: Path, on_first_playable: Callable[[Manifest], None] | None
) -> Manifest:
    work.tell(0, "probe")
    source = probe(path, Limits.from_settings(), work.session)
    plan = planned(work, source)
    encode(work, plan, 0)
    work.first_playable_s = work.seconds
    if len(plan.phases) > 1 and on_first_playable is not None:
        on_first_playable(manifest_of(work, plan))
    plan = settled(work, plan)
    for phase in range(1, len(plan.phases)):
        encode(work, plan, phase)
    return finish(work, plan)


def planned(work: Work, source: Source, *, early: bool = True) -> Plan:
    """What will be made of a source that the probe found good. Either all rungs are cut
    where the copied one is, or all are encoded."""
    source, found = sampling.sample(source, work.session), binaries.find()
    options = Options(
        copy=settings.TRANSCODE_COPY,
        low=settings.TRANSCODE_240P,
        av1=binaries.does(found, "TRANSCODE_AV1"),
    )
    opus = binaries.does(found, "TRANSCODE_OPUS")
    plan = plans.plan_of(source, ladder_for(source, options), early=early, opus=opus)
    if plan.ladder.copied is None:
        return plan
    work.copied = _copied(work, plan)
    if work.copied is None:
        ladder = ladder_for(source, replace(options, copy=False))
        return plans.plan_of(source, ladder, early=early, opus=opus)
    return replace(plan, ladder=replace(plan.ladder, cuts=work.copied.cuts))


def settled(work: Work, plan: Plan) -> Plan:
    """After the first phase: a source with spoilt pictures is better encoded, by a decoder
    that has filled them in, than left to what each player makes of it."""
    rung, ladder = plan.ladder.copied, plan.ladder
    if rung is None:
        return plan
    work.copied = work.copied or _copied(work, plan)
    slack_s = float(1 / ladder.fps) + MAY_END_EARLIER_MS / 1000
    first = work.tracks[ladder.first.name]
    fits = work.copied and tracks.is_aligned(work.copied.track, first, slack_s)
    if fits and not work.spoilt:
        return plan
    work.copied = None
    shutil.rmtree(work.out_dir / rung.name, ignore_errors=True)
    return plan.all_encoded()


def _copied(work: Work, plan: Plan) -> copying.Copied | None:
    rung = plan.ladder.copied
    if rung is None:
        return None
    return copying.copy_top(recipe_for(plan), rung, work.out_dir, work.session)


def recipe_for(plan: Plan) -> commands.Recipe:
    """For the ffmpeg of this machine."""
    found = binaries.find()
    return commands.Recipe(
        ffmpeg=found.ffmpeg,
        source=plan.source,
        ladder=plan.ladder,
        threads=settings.TRANSCODE_THREADS,
        opus=plan.opus,
    )


def resume(work: Work, plan: Plan, manifest: dict[str, Any]) -> None:
    """Go on from the first phase's package, which lies in OUT_DIR."""
    for path in sorted(work.out_dir.glob(f"*/{playlists.MEDIA}")):
        name = path.parent.name
        work.tracks[name] = tracks.read_track(work.out_dir, name, playlists.MEDIA)
    work.target_s = playlists.target_s(work.tracks.values())
    work.first_playable_s = manifest["first_playable_s"]
    work.before = Seconds(**manifest["seconds"])
    work.paid = cost_of(plan.phases[0])
    work.fraction = work.begun = plan.fraction(1, 0)


def encode(work: Work, plan: Plan, phase: int) -> None:
    """One decode into the rungs of a phase, then a new master. The first has the sound,
    the last the pictures for posters and storyboard."""
    rungs, is_last = plan.phases[phase], phase == len(plan.phases) - 1
    argv = commands.encode(recipe_for(plan), rungs, sound=phase == 0, pictures=is_last)
    work.cost = plan.cost
    run(work, argv, plan, work.listener(plan.source, rungs))
    take_in(work, plan, phase)


def take_in(work: Work, plan: Plan, phase: int) -> None:
    """Prove what a phase has written, then list it."""
    source, out_dir, sounds_of = plan.source, work.out_dir, recipe_for(plan).sounds
    before = [track for name, track in work.tracks.items() if name not in sounds_of]
    fresh = [tracks.read_track(out_dir, rung.name) for rung in plan.phases[phase]]
    sounds = [
        tracks.join_short_tail(out_dir, tracks.read_track(out_dir, name))
        for name in sounds_of * (phase == 0)
    ]
    tracks.check_again(before, fresh)
    tracks.check(source, [*before, *fresh], sounds)
    _list(work, plan, fresh, sounds)


def _list(
    work: Work,
    plan: Plan,
    pictures: Sequence[Track],
    sounds: Sequence[Track],
) -> None:
    known = work.tracks | {track.folder: track for track in (*pictures, *sounds)}
    work.target_s = work.target_s or playlists.target_s(known.values())
    playlists.write_media(work.out_dir, pictures, sounds, work.target_s)
    playlists.write_master(
        work.out_dir,
        [(rung, known[rung.name]) for rung in plan.ladder.among(known)],
        [known[name] for name in recipe_for(plan).sounds],
    )
    work.tracks = known


def run(
    work: Work,
    argv: list[str],
    plan: Plan,
    listen: Callable[[str], None],
    hear: Callable[[str], None] | None = None,
) -> None:
    """A decode of the source. `listen` has each line of its progress, `hear` each of its
    complaints."""
    source = plan.source
    judge = _judge(work, source)

    def complain(line: str) -> None:
        judge(line)
        if hear is not None:
            hear(line)

    try:
        with tonemap.laid_out(work.out_dir, source.light):
            work.session.run(
                argv,
                cwd=work.out_dir,
                reads=(source.path,),
                timeout_s=300 + 40 * source.duration_s,
                on_line=listen,
                on_complaint=complain,
                bounds=bounds.for_a_package(recipe_for(plan)),
            )
    except ToolError as error:
        if commands.is_undecodable(error.exit_code, error.detail):
            raise RefusedError("damaged", error.detail) from error
        raise


def _judge(work: Work, source: Source) -> Callable[[str], None]:
    """Refuses the source as soon as too many of its pictures have come out spoilt."""
    spoilt = 0

    def judge(line: str) -> None:
        nonlocal spoilt
        spoilt += commands.is_spoilt_picture(line)
        work.spoilt = max(work.spoilt, spoilt)
        check_spoilt(source, spoilt)

    return judge


def check_spoilt(source: Source, spoilt: int) -> None:
    most = MAY_BE_SPOILT * float(source.fps) * source.video_ms / 1000
    if spoilt > most:
        raise RefusedError("damaged", f"over {most:.0f} pictures are spoilt")


def finish(work: Work, plan: Plan) -> Manifest:
    source, ladder, recipe = plan.source, plan.ladder, recipe_for(plan)
    work.tell(1 - FINISH_SHARE, "finish")
    _list_copied(work, plan)
    sounds = [work.tracks[name] for name in recipe.sounds]
    work.session.run(
        commands.join_download(
            recipe.ffmpeg,
            playlists.media_url(work.tracks[ladder.download.name]),
            playlists.media_url(sounds[0]) if sounds else None,
        ),
        cwd=work.out_dir,
        timeout_s=60 + source.duration_s / 10,
    )
    chosen = posters.choose_posters(work.out_dir)
    manifest = manifest_of(work, plan)
    manifest = replace(
        manifest,
        audio=package.with_file(manifest.audio, work.out_dir),
        download=package.download(work.out_dir),
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


def _list_copied(work: Work, plan: Plan) -> None:
    if plan.ladder.copied is None:
        return
    work.copied = work.copied or _copied(work, plan)
    if work.copied is None:
        raise PackageError("the source's own pictures could be copied only once")
    _list(work, plan, [work.copied.track], [])


def manifest_of(work: Work, plan: Plan) -> Manifest:
    """Of what is listed so far."""
    return Manifest(
        content=plan.source.content,
        source=plan.source.as_json(),
        master=playlists.MASTER,
        renditions=tuple(
            package.rendition(rung, work.tracks[rung.name])
            for rung in plan.ladder.among(work.tracks)
        ),
        audio=package.audio(work.tracks.get(commands.AUDIO)),
        opus=package.audio(work.tracks.get(commands.OPUS)),
        first_playable_s=round(work.first_playable_s, 2),
        seconds=work.before + Seconds(work.seconds, work.session.cpu_s),
        commands=tuple(work.session.commands),
    )
