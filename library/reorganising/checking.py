"""Whether a reorganisation can be done as a whole: what it would change, or why not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from library.reorganising.lines import Line
from library.reorganising.replay import Problem, Replay, day_text
from library.reorganising.states import Chart, UnitState


@dataclass(frozen=True)
class Outcome:
    """Units that change, before (None: founded) and after; nothing where problems are."""

    before: dict[str, UnitState | None]
    after: dict[str, UnitState]
    problems: tuple[Problem, ...]


def outcome_of(
    lines: Sequence[Line], chart: Chart, kinds: Iterable[str], today: datetime.date
) -> Outcome:
    replay = Replay(chart, kinds)
    problems = list(_mixed_days(lines, today))
    replay.play(lines)
    problems += replay.problems
    if not problems:
        start = min((line.on for line in lines), default=today)
        problems += broken_days(replay.units, replay.blame, start)
    problems.sort(key=lambda problem: problem.line)
    changed = [
        code
        for code in replay.blame
        if code in replay.units and replay.units[code] != chart.get(code)
    ]
    return Outcome(
        before={code: chart.get(code) for code in changed},
        after={code: replay.units[code] for code in changed},
        problems=tuple(problems),
    )


def _mixed_days(lines: Sequence[Line], today: datetime.date) -> Iterator[Problem]:
    """What waits for its day is done in one piece: then there is one day."""
    last = max((line.on for line in lines), default=today)
    if last <= today:
        return
    for line in lines:
        if line.on != last:
            said = _("The list waits for %(day)s: then every line has that day.")
            yield Problem(line.number, said % {"day": day_text(last)})


def broken_days(
    units: Chart, blame: Mapping[str, int], start: datetime.date
) -> Iterator[Problem]:
    """On each day since the first change every unit has a parent that stands, or is a
    top, and none stands below itself. `blame` has the line of each unit that changes."""
    days = {
        day
        for unit in units.values()
        for day in (*(spell.first for spell in unit.parents), unit.ended_on)
        if day is not None and day >= start
    }
    blamed: dict[int, Problem] = {}
    for day in sorted(days | {start}):
        for problem in _broken_on(day, units, blame):
            blamed.setdefault(problem.line, problem)
    yield from blamed.values()


def _broken_on(
    day: datetime.date, units: Chart, blame: Mapping[str, int]
) -> Iterator[Problem]:
    for unit in units.values():
        code, parent = unit.code, unit.parent_on(day)
        line = blame.get(code, blame.get(parent))
        if line is None or not parent or not unit.stands_on(day):
            continue
        if parent not in units or not units[parent].stands_on(day):
            name = units[parent].name if parent in units else parent
            said = _(
                "“%(name)s” has no unit above on %(day)s: “%(parent)s” does not stand."
            )
            words = {"name": unit.name, "day": day_text(day), "parent": name}
            yield Problem(line, said % words)
        elif code in blame and _is_below_itself(code, day, units):
            said = _("“%(name)s” would stand below itself.")
            yield Problem(blame[code], said % {"name": unit.name})


def _is_below_itself(code: str, day: datetime.date, units: Chart) -> bool:
    seen, at = {code}, units[code].parent_on(day)
    while at and at in units and at not in seen:
        seen.add(at)
        at = units[at].parent_on(day)
    return at == code
