"""A file in, a playable package out: probe, first rung, the others, finish."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from media_pipeline import (
    binaries,
    commands,
    copying,
    folder,
    package,
    playlists,
    posters,
    sampling,
    tracks,
)
from media_pipeline.errors import PipelineError, RefusedError, ToolError
from media_pipeline.ladder import MAY_END_EARLIER_MS, Ladder, Options, Rung, ladder_for
from media_pipeline.package import Manifest, Seconds
from media_pipeline.probe import Limits, probe
from media_pipeline.session import Session
from media_pipeline.source import Source
from media_pipeline.tracks import Track
from media_pipeline.work import FINISH_SHARE, Progress, Work, cost_of

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
    source = sampling.sample(source, work.session)
    recipe, copied = _begin(work, source)
    first, *more = phases(source, recipe.ladder)
    work.cost = sum(cost_of(rungs) for rungs in (first, *more))
    _encode(work, recipe, first, pictures=not more)
    work.first_playable_s = work.seconds
    if more and on_first_playable is not None:
        on_first_playable(_manifest(work, recipe))
    for rungs in more:
        _encode(work, recipe, rungs, pictures=True)
    if copied is not None:
        recipe = _complete(work, recipe, copied)
    return _finish(work, recipe)


def phases(source: Source, ladder: Ladder) -> tuple[tuple[Rung, ...], ...]:
    """The rungs of each decode."""
    if source.duration_s <= settings.FIRST_RUNG_SECONDS or not ladder.rest:
        return (ladder.encoded,)
    return ((ladder.first,), ladder.rest)


def _begin(work: Work, source: Source) -> tuple[commands.Recipe, copying.Copied | None]:
    """Either all rungs are cut where the copied one is, or all are encoded."""
    recipe = _recipe(source, copy=settings.TRANSCODE_COPY)
    if recipe.ladder.copied is None:
        return recipe, None
    copied = copying.copy_top(recipe, recipe.ladder.copied, work.out_dir, work.session)
    if copied is None:
        return _recipe(source, copy=False), None
    return replace(recipe, ladder=replace(recipe.ladder, cuts=copied.cuts)), copied


def _recipe(source: Source, *, copy: bool) -> commands.Recipe:
    found = binaries.find()
    options = Options(
        copy=copy,
        low=settings.TRANSCODE_240P,
        av1=binaries.does(found, "TRANSCODE_AV1"),
    )
    return commands.Recipe(
        ffmpeg=found.ffmpeg,
        source=source,
        ladder=ladder_for(source, options),
        threads=settings.TRANSCODE_THREADS,
        tone_map=binaries.tone_map(found) if source.is_hdr else "none",
        opus=binaries.does(found, "TRANSCODE_OPUS"),
    )


def _complete(
    work: Work, recipe: commands.Recipe, copied: copying.Copied
) -> commands.Recipe:
    """List the copied rung; but a source with spoilt pictures is better encoded, by a
    decoder that has filled them in, than left to what each player makes of it."""
    ladder = recipe.ladder
    slack_s = float(1 / ladder.fps) + MAY_END_EARLIER_MS / 1000
    fits = tracks.is_aligned(copied.track, work.tracks[ladder.first.name], slack_s)
    if fits and not work.spoilt:
        _list(work, recipe, [copied.track], [])
        return recipe
    shutil.rmtree(work.out_dir / copied.track.folder)
    recipe = replace(recipe, ladder=ladder.all_encoded())
    rungs = [rung for rung in recipe.ladder.rungs if rung.name not in work.tracks]
    _encode(work, recipe, rungs, pictures=False)
    return recipe


def _encode(
    work: Work, recipe: commands.Recipe, rungs: Sequence[Rung], *, pictures: bool
) -> None:
    """One decode into `rungs` (and the sound, the first time), then a new master."""
    source = recipe.source
    sound = source.sound is not None and not work.tracks
    argv = commands.encode(recipe, rungs, sound=sound, pictures=pictures)
    _run(work, argv, source, work.listener(source, rungs))
    _take_in(work, recipe, rungs, sound=sound)


def _take_in(
    work: Work, recipe: commands.Recipe, rungs: Sequence[Rung], *, sound: bool
) -> None:
    """Prove what a decode has written, then list it."""
    source, out_dir = recipe.source, work.out_dir
    before = [track for name, track in work.tracks.items() if name not in recipe.sounds]
    fresh = [tracks.read_track(out_dir, rung.name) for rung in rungs]
    sounds = [
        tracks.join_short_tail(out_dir, tracks.read_track(out_dir, name))
        for name in recipe.sounds * sound
    ]
    tracks.check_again(before, fresh)
    tracks.check(source, [*before, *fresh], sounds)
    _list(work, recipe, fresh, sounds)


def _list(
    work: Work,
    recipe: commands.Recipe,
    pictures: Sequence[Track],
    sounds: Sequence[Track],
) -> None:
    known = work.tracks | {track.folder: track for track in (*pictures, *sounds)}
    work.target_s = work.target_s or playlists.target_s(known.values())
    playlists.write_media(work.out_dir, pictures, sounds, work.target_s)
    playlists.write_master(
        work.out_dir,
        [(rung, known[rung.name]) for rung in recipe.ladder.among(known)],
        [known[name] for name in recipe.sounds],
    )
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
            on_complaint=_judge(work, source),
        )
    except ToolError as error:
        if commands.is_undecodable(error.exit_code, error.detail):
            raise RefusedError("damaged", error.detail) from error
        raise


def _judge(work: Work, source: Source) -> Callable[[str], None]:
    """Refuses the source as soon as too many of its pictures have come out spoilt."""
    most = MAY_BE_SPOILT * float(source.fps) * source.video_ms / 1000
    spoilt = 0

    def judge(line: str) -> None:
        nonlocal spoilt
        spoilt += commands.is_spoilt_picture(line)
        work.spoilt = max(work.spoilt, spoilt)
        if spoilt > most:
            raise RefusedError("damaged", f"over {most:.0f} pictures are spoilt")

    return judge


def _finish(work: Work, recipe: commands.Recipe) -> Manifest:
    source, ladder = recipe.source, recipe.ladder
    work.tell(1 - FINISH_SHARE, "finish")
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
    manifest = _manifest(work, recipe)
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


def _manifest(work: Work, recipe: commands.Recipe) -> Manifest:
    return Manifest(
        content=recipe.source.content,
        source=recipe.source.as_json(),
        master=playlists.MASTER,
        renditions=tuple(
            package.rendition(rung, work.tracks[rung.name])
            for rung in recipe.ladder.among(work.tracks)
        ),
        audio=package.audio(work.tracks.get(commands.AUDIO)),
        opus=package.audio(work.tracks.get(commands.OPUS)),
        first_playable_s=round(work.first_playable_s, 2),
        seconds=Seconds(round(work.seconds, 2), round(work.session.cpu_s, 2)),
        commands=tuple(work.session.commands),
    )
