"""The page of one reorganisation as finished values: lines, reasons, effects, buttons."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import User

from library.reorganising import applying, effects, roles, rows
from library.reorganising.checking import Outcome
from library.reorganising.effects import Effects
from library.reorganising.forms import line_words
from library.reorganising.models import Reorganisation, State
from library.reorganising.replay import Problem
from library.reorganising.rights import forbidden
from library.reorganising.states import from_json
from library.units.models import UnitKind


@dataclass(frozen=True)
class LineRow:
    number: int
    code: str
    name: str
    words: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Screen:
    """`effects` is None where the whole is refused."""

    lines: tuple[LineRow, ...]
    refused: int  # lines with reasons
    effects: Effects | None
    is_open: bool  # a draft, or waiting
    is_allowed: bool  # to whoever looks at it
    roles: int = 0  # that go along; of a draft that leaves them, that could

    @property
    def may_apply(self) -> bool:
        return self.effects is not None and bool(self.lines)


def screen_of(plan: Reorganisation, user: User) -> Screen:
    is_open = plan.state in {State.DRAFT, State.WAITING}
    not_ones_own = tuple(forbidden(plan.asked, user))
    outcome = applying.foreseen(plan) if is_open else _recorded(plan)
    problems = (*outcome.problems, *(not_ones_own if is_open else ()))
    chart = rows.chart()
    told: Effects | None = None
    number = len(plan.record.get("roles", []))
    if not problems and is_open:
        by = user if plan.state == State.DRAFT else plan.applied_by
        gifts = roles.going_along(outcome, chart, by)
        number, given = len(gifts), gifts if plan.carries_roles else []
        told = effects.effects_of(outcome, plan.asked, chart, given)
    elif not problems:
        told = effects.done_by(outcome, plan.asked, chart)
    names = {code: unit.name for code, unit in chart.items()}
    names |= {line.code: line.name for line in plan.asked if line.founds}
    return Screen(
        lines=tuple(_lines(plan, names, problems)),
        refused=len({problem.line for problem in problems}),
        effects=told,
        is_open=is_open,
        is_allowed=not not_ones_own,
        roles=number,
    )


def _recorded(plan: Reorganisation) -> Outcome:
    """What it changed when it was applied."""
    before, after = plan.record["before"], plan.record["after"]
    left = {code: from_json(data) for code, data in after.items()}
    return Outcome(
        before={code: from_json(data) for code, data in before.items()},
        after={code: unit for code, unit in left.items() if unit is not None},
        problems=(),
    )


def _lines(
    plan: Reorganisation, names: dict[str, str], problems: tuple[Problem, ...]
) -> list[LineRow]:
    kinds = dict(UnitKind.objects.values_list("code", "name"))
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    for problem in problems:
        reasons[problem.line].append(problem.words)
    return [
        LineRow(
            number=line.number,
            code=line.code,
            name=names.get(line.code, ""),
            words=line_words(line, names, kinds),
            reasons=tuple(reasons[line.number]),
        )
        for line in plan.asked
    ]
