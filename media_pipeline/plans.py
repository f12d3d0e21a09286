"""How a package is going to be made, so written down that any machine can go on with it."""

from __future__ import annotations

import typing
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from pathlib import Path
from types import NoneType
from typing import Any

from django.conf import settings

from media_pipeline.ladder import SEGMENT_S, Ladder, Rung
from media_pipeline.source import Source
from media_pipeline.spans import Span, divided
from media_pipeline.work import FINISH_SHARE, PROBE_SHARE, cost_of


class StalePlanError(Exception):
    """Written by other code than this: the clip has to be planned anew."""


@dataclass(frozen=True)
class Plan:
    source: Source
    ladder: Ladder
    phases: tuple[tuple[Rung, ...], ...]  # the rungs of each decode
    opus: bool = False
    spans: tuple[Span, ...] = ()  # none: each phase is one decode by one worker

    @property
    def cost(self) -> float:
        return sum(cost_of(rungs) for rungs in self.phases)

    def share(self, phase: int) -> float:
        """Roughly, of the whole work."""
        decodes = 1 - PROBE_SHARE - FINISH_SHARE
        return cost_of(self.phases[phase]) / self.cost * decodes

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

    def all_encoded(self) -> Plan:
        """The same without a copied rung: it is encoded with those still to come."""
        ladder = self.ladder.all_encoded()
        done = {rung.name for rung in self.phases[0]}
        rest = tuple(rung for rung in ladder.rungs if rung.name not in done)
        return replace(self, ladder=ladder, phases=(self.phases[0], rest))


def plan_of(
    source: Source, ladder: Ladder, *, early: bool = True, opus: bool = False
) -> Plan:
    """`early`: the first rung shall play before the others are there."""
    return Plan(source, ladder, phases(source, ladder, early=early), opus)


def phases(
    source: Source, ladder: Ladder, *, early: bool = True
) -> tuple[tuple[Rung, ...], ...]:
    """The rungs of each decode."""
    is_short = source.duration_s <= settings.FIRST_RUNG_SECONDS
    if is_short or not early or not ladder.rest:
        return (ladder.encoded,)
    return ((ladder.first,), ladder.rest)


def in_pieces(plan: Plan, piece_s: int) -> Plan:
    """The same, for several workers: each span of a phase at least `piece_s` long."""
    pictures = round(plan.source.duration_ms * plan.ladder.fps / 1000)
    segments = max(1, -(-piece_s // SEGMENT_S))
    spans = divided(plan.ladder.cuts, pictures, segments)
    return replace(plan, spans=spans if len(spans) > 1 else ())


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
