"""How a package is going to be made, so written down that any machine can go on with it."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import NoneType
from typing import Any

from media_pipeline.ladder import SEGMENT_S, Ladder, Rung
from media_pipeline.source import Source
from media_pipeline.spans import Span, divided

# Up to here one decode for everything beats a rung that is ready a moment earlier.
ONE_PHASE_MS = 20_000
PROBE_SHARE = 0.03  # of the whole work
FINISH_SHARE = 0.02


class StalePlanError(Exception):
    """Written by other code than this: the clip has to be planned anew."""


@dataclass(frozen=True)
class Plan:
    source: Source
    ladder: Ladder
    phases: tuple[tuple[Rung, ...], ...]  # the rungs of each decode
    spans: tuple[Span, ...] = ()  # none: each phase is one decode by one worker

    def share(self, phase: int) -> float:
        """Roughly, of the whole work."""
        whole = sum(_cost(rungs) for rungs in self.phases)
        return _cost(self.phases[phase]) / whole * (1 - PROBE_SHARE - FINISH_SHARE)

    def fraction(self, phase: int, share: float) -> float:
        """Of the whole work, when `share` of that phase is done."""
        before = sum(self.share(one) for one in range(phase))
        return PROBE_SHARE + before + min(1.0, share) * self.share(phase)

    def as_json(self) -> dict[str, Any]:
        written: dict[str, Any] = _written(self)
        return written

    @classmethod
    def from_json(cls, written: dict[str, Any], path: Path) -> Plan:
        """The source is at `path` now."""
        try:
            plan: Plan = _read(cls, written)
        except (KeyError, TypeError, ValueError) as error:
            raise StalePlanError(str(error)) from error
        return replace(plan, source=replace(plan.source, path=path))


def plan_of(source: Source, ladder: Ladder, *, early: bool = True) -> Plan:
    """`early`: the first rung shall play before the others are there."""
    return Plan(source, ladder, phases(source, ladder, early=early))


def in_pieces(plan: Plan, piece_s: int) -> Plan:
    """The same, for several workers: each span of a phase at least `piece_s` long."""
    pictures = round(plan.source.duration_ms * plan.ladder.fps / 1000)
    segments = max(1, -(-piece_s // SEGMENT_S))
    return replace(plan, spans=divided(plan.ladder.cuts, pictures, segments))


def phases(
    source: Source, ladder: Ladder, *, early: bool = True
) -> tuple[tuple[Rung, ...], ...]:
    """The rungs of each decode."""
    if not early or source.duration_ms <= ONE_PHASE_MS or len(ladder.rungs) == 1:
        return (ladder.rungs,)
    return ((ladder.first,), ladder.rest)


def _cost(rungs: Sequence[Rung]) -> float:
    """Roughly what a decode into `rungs` takes: the decode, then the pixels written."""
    return 500_000 + sum(rung.width * rung.height for rung in rungs)


# --- as JSON ------------------------------------------------------------------------


def _written(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _written(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    return str(value) if isinstance(value, Fraction | Path) else value


def _read(kind: Any, written: Any) -> Any:
    """The value of the annotated type `kind`; an error where it does not fit exactly."""
    arguments = typing.get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        types = typing.get_type_hints(kind)
        if set(written) != {one.name for one in fields(kind)}:
            raise TypeError(f"{kind} has other fields now")
        return kind(**{name: _read(types[name], written[name]) for name in written})
    if typing.get_origin(kind) is tuple:
        return tuple(_read(arguments[0], one) for one in written)
    if NoneType in arguments:
        return None if written is None else _read(arguments[0], written)
    return kind(written) if kind in {Fraction, Path} else written
