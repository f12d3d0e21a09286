"""A long clip in pieces, each encoded by itself and joined into what one encode of the
whole would have written: no picture lost, none twice, cut at the same pictures."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from media_pipeline import binaries, commands, playlists, transcode
from media_pipeline.errors import PackageError, RefusedError
from media_pipeline.package import Manifest
from media_pipeline.plans import Plan, in_pieces
from media_pipeline.posters import POSTER_SIDE
from media_pipeline.probe import Limits, probe
from media_pipeline.session import Session
from media_pipeline.spans import is_in_time, read_from_ms
from media_pipeline.work import Work

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Piece:
    """What came of one span. The files are in the folder where it was encoded."""

    pictures: int
    spoilt: int
    extradata: tuple[str, ...]  # of each rung: what a decoder must know before it

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> Piece:
        return cls(**{**written, "extradata": tuple(written["extradata"])})


# --- one piece ----------------------------------------------------------------------


def encode(work: Work, plan: Plan, phase: int, number: int) -> Piece:
    """The rungs of a phase for one span: an MP4 of each in OUT_DIR."""
    span, fps = plan.spans[number], plan.ladder.fps
    for from_ms in read_from_ms(span, fps, plan.source.keyframes_ms):
        work.spoilt = 0
        first_s = _encode(work, plan, phase, number, from_ms)
        if is_in_time(first_s, span, fps):
            break
        logger.info("%s was read from %.3f s, too late", span, first_s)
    return _looked_at(work, plan, phase, number)


def encode_sound(work: Work, plan: Plan) -> None:
    """All of it, as HLS segments in OUT_DIR."""
    argv = commands.encode_sound(transcode.recipe_for(plan))
    wanted_us = plan.source.duration_ms * 1000
    transcode.run(work, argv, plan, _progress(work, wanted_us))


def _encode(work: Work, plan: Plan, phase: int, number: int, from_ms: int) -> float:
    """When the first picture was that was decoded."""
    span, first_s = plan.spans[number], 0.0

    def hear(line: str) -> None:
        nonlocal first_s
        told_s = commands.first_picture_s(line)
        first_s = first_s if told_s is None else told_s

    argv = commands.encode_piece(
        transcode.recipe_for(plan), plan.phases[phase], span, from_ms
    )
    wanted_us = float(span.pictures * 1_000_000 / plan.ladder.fps)
    transcode.run(work, argv, plan, _progress(work, wanted_us), hear)
    return first_s


def _progress(work: Work, wanted_us: float) -> Callable[[str], None]:
    def listen(line: str) -> None:
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.isdigit():
            work.tell(int(value) / wanted_us, "rest")

    return listen


def _looked_at(work: Work, plan: Plan, phase: int, number: int) -> Piece:
    """Raises PackageError unless all rungs hold the same pictures, and no more than
    they should. Fewer there may be, where the source has ended."""
    found = [_ask(work, commands.file_of(rung)) for rung in plan.phases[phase]]
    pictures = {int(one.get("nb_frames", 0)) for one in found}
    if len(pictures) != 1 or max(pictures) > plan.spans[number].pictures:
        raise PackageError(f"{plan.spans[number]} came out with {pictures} pictures")
    hashes = tuple(one.get("extradata_hash", "") for one in found)
    return Piece(pictures.pop(), work.spoilt, hashes)


def _ask(work: Work, name: str) -> dict[str, str]:
    lines: list[str] = []
    work.session.run(
        commands.count_pictures(binaries.find().ffprobe, name),
        cwd=work.out_dir,
        timeout_s=60,
        on_line=lines.append,
    )
    return dict(line.strip().split("=", 1) for line in lines if "=" in line)


# --- all of them --------------------------------------------------------------------


def check(plan: Plan, pieces: Sequence[Piece]) -> None:
    """Raises RefusedError where the source is damaged, PackageError where the pieces do
    not fit each other."""
    transcode.check_spoilt(plan.source, sum(piece.spoilt for piece in pieces))
    if len({piece.extradata for piece in pieces if piece.pictures}) > 1:
        raise PackageError("the pieces were encoded by programs that differ")
    ended = False
    for piece, span in zip(pieces, plan.spans, strict=True):
        if ended and piece.pictures:
            raise RefusedError("damaged", f"pictures are missing before {span}")
        ended = ended or piece.pictures < span.pictures


def join(
    work: Work, plan: Plan, phase: int, pieces: Sequence[Piece], folder: Path
) -> None:
    """The tracks of a phase in OUT_DIR, from the files `folder`/NUMBER/ of each piece
    and the sound that lies in OUT_DIR already."""
    check(plan, pieces)
    work.spoilt = sum(piece.spoilt for piece in pieces)
    full = [number for number, piece in enumerate(pieces) if piece.pictures]
    counts = [pieces[number].pictures for number in full]
    for rung in plan.phases[phase]:
        names = [f"{number}/{commands.file_of(rung)}" for number in full]
        listed = commands.join_list(names, counts, plan.ladder.fps)
        (folder / f"{rung.name}.ffconcat").write_text(listed, encoding="utf-8")
    recipe = transcode.recipe_for(plan)
    work.session.run(
        commands.join_pieces(recipe, plan.phases[phase], folder),
        cwd=work.out_dir,
        reads=(folder,),
        timeout_s=60 + plan.source.duration_s / 2,
    )
    transcode.take_in(work, plan, phase)


def draw_stills(work: Work, plan: Plan) -> None:
    """Poster candidates and storyboard, which a decode of the whole has as a branch."""
    plain = [rung for rung in plan.ladder.encoded if rung.codec == "h264"]
    sharp = [rung for rung in plain if min(rung.width, rung.height) <= POSTER_SIDE]
    rung = (sharp or plain[-1:])[0]
    argv = commands.stills_of(
        transcode.recipe_for(plan), playlists.media_url(work.tracks[rung.name])
    )
    work.session.run(argv, cwd=work.out_dir, timeout_s=60 + plan.source.duration_s / 2)


def transcode_in_pieces(
    source: Path, out_dir: Path, piece_s: int, session: Session | None = None
) -> Manifest:
    """What the jobs of a long clip do on many machines, here and one after the other:
    to be measured and compared with `transcode()`."""
    work = Work(out_dir.absolute(), session or Session())
    found = probe(source, Limits.from_settings(), work.session)
    plan = in_pieces(transcode.planned(work, found), piece_s)
    phase = 0
    while phase < len(plan.phases):
        with tempfile.TemporaryDirectory(dir=out_dir.absolute().parent) as name:
            folder = Path(name)
            made = [
                encode(_inside(work, folder / str(number)), plan, phase, number)
                for number in range(len(plan.spans))
            ]
            if phase == 0 and plan.source.sound:
                encode_sound(work, plan)
            join(work, plan, phase, made, folder)
        plan = transcode.settled(work, plan) if phase == 0 else plan
        phase += 1
    draw_stills(work, plan)
    return transcode.finish(work, plan)


def _inside(work: Work, folder: Path) -> Work:
    folder.mkdir()
    return Work(folder, work.session)
