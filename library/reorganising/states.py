"""A unit as its dated rows tell it: what a reorganisation changes, and undoing gives back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

TOP = ""  # the parent of a unit that stands below none


@dataclass(frozen=True)
class Spell:
    """A name, the code of a kind or of a parent, from one day to the day before another."""

    value: str
    first: datetime.date
    end: datetime.date | None = None

    def holds_on(self, day: datetime.date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)


Spells: TypeAlias = tuple[Spell, ...]


def followed(spells: Spells, value: str, on: datetime.date) -> Spells:
    """With another value from the day; one that began on that very day is corrected."""
    *earlier, last = spells
    if last.value == value:
        return spells
    if last.first < on:
        return (*earlier, replace(last, end=on), Spell(value, on))
    return (*earlier, Spell(value, last.first))


@dataclass(frozen=True)
class UnitState:
    """`became` and `successors` say what continues a unit that ended."""

    code: str
    names: Spells
    kinds: Spells
    parents: Spells
    ended_on: datetime.date | None = None
    became: str = ""
    successors: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.names[-1].value

    @property
    def kind(self) -> str:
        return self.kinds[-1].value

    @property
    def parent(self) -> str:
        return self.parents[-1].value

    @property
    def born(self) -> datetime.date:
        return self.parents[0].first

    def stands_on(self, day: datetime.date) -> bool:
        return self.born <= day and (self.ended_on is None or day < self.ended_on)

    def parent_on(self, day: datetime.date) -> str:
        found = [spell.value for spell in self.parents if spell.holds_on(day)]
        return found[-1] if found else TOP


Chart: TypeAlias = Mapping[str, UnitState]  # by the unit's code


def founded(
    code: str, name: str, kind: str, parent: str, on: datetime.date
) -> UnitState:
    return UnitState(
        code=code,
        names=(Spell(name, on),),
        kinds=(Spell(kind, on),),
        parents=(Spell(parent, on),),
    )


# --- as JSON ------------------------------------------------------------------------


def to_json(state: UnitState | None) -> dict[str, Any] | None:
    """None is a unit that is not there."""
    if state is None:
        return None
    return {
        "code": state.code,
        "names": _spells_to_json(state.names),
        "kinds": _spells_to_json(state.kinds),
        "parents": _spells_to_json(state.parents),
        "ended_on": state.ended_on and state.ended_on.isoformat(),
        "became": state.became,
        "successors": list(state.successors),
    }


def from_json(data: Mapping[str, Any] | None) -> UnitState | None:
    if data is None:
        return None
    ended = data["ended_on"]
    return UnitState(
        code=data["code"],
        names=_spells_from_json(data["names"]),
        kinds=_spells_from_json(data["kinds"]),
        parents=_spells_from_json(data["parents"]),
        ended_on=datetime.date.fromisoformat(ended) if ended else None,
        became=data["became"],
        successors=tuple(data["successors"]),
    )


def _spells_to_json(spells: Spells) -> list[tuple[str, str, str]]:
    return [
        (
            spell.value,
            spell.first.isoformat(),
            spell.end.isoformat() if spell.end else "",
        )
        for spell in spells
    ]


def _spells_from_json(rows: list[list[str]]) -> Spells:
    day = datetime.date.fromisoformat
    return tuple(
        Spell(value, day(first), day(end) if end else None)
        for value, first, end in rows
    )
