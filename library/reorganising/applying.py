"""Applies reorganisations, at once or on their day, and undoes them: whole, or not at all."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from library import indexing
from library.reorganising import acts, roles, rows
from library.reorganising.checking import Outcome, broken_days, outcome_of
from library.reorganising.models import Reorganisation, State
from library.reorganising.replay import Problem
from library.reorganising.states import UnitState, from_json, to_json
from library.units.models import LibraryPage, UnitKind, UnitPage

logger = logging.getLogger(__name__)


class RefusedError(Exception):
    """Nothing was changed; `problems` say why, line by line (0: the whole)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.words for problem in self.problems))


def foreseen(plan: Reorganisation) -> Outcome:
    """What it would change if it were applied now; changes nothing."""
    kinds = UnitKind.objects.values_list("code", flat=True)
    return outcome_of(plan.asked, rows.chart(), kinds, timezone.localdate())


@transaction.atomic
def apply(plan: Reorganisation, user: User | None) -> State:
    """Now, or on its day when that is to come; refused as a whole where a line is wrong."""
    plan = _locked(plan)
    if plan.state not in {State.DRAFT, State.WAITING}:
        raise RefusedError([Problem(0, _("It was applied already."))])
    outcome = foreseen(plan)
    if outcome.problems:
        raise RefusedError(outcome.problems)
    plan.applied_by, plan.trouble = user, ""
    if plan.last_day > timezone.localdate():
        plan.state = State.WAITING
    else:
        _carry_out(plan, outcome, user)
    plan.save()
    acts.told(plan, acts.WAIT if plan.state == State.WAITING else acts.APPLY, user)
    return State(plan.state)


def _carry_out(plan: Reorganisation, outcome: Outcome, user: User | None) -> None:
    plan.record = {
        "before": {code: to_json(unit) for code, unit in outcome.before.items()},
        "elders": {
            code: elder
            for code, elder in rows.elders().items()
            if code in outcome.after
        },
    }
    follow = roles.going_along(outcome, rows.chart(), user)
    rows.write(outcome.after, user)
    plan.record["roles"] = roles.give(follow if plan.carries_roles else [], user)
    changed = rows.chart()
    plan.record["after"] = {code: to_json(changed[code]) for code in outcome.after}
    plan.state, plan.applied_at = State.APPLIED, timezone.now()
    acts.told_of_units(outcome.before, outcome.after, changed, user)
    _tell_search(plan, outcome.after)


@transaction.atomic
def undo(plan: Reorganisation, user: User | None) -> None:
    """The tree and its rows as before; refused where something stands on them by now."""
    plan = _locked(plan)
    if plan.state != State.APPLIED:
        raise RefusedError([Problem(0, _("Only what was applied can be undone."))])
    before = {code: from_json(data) for code, data in plan.record["before"].items()}
    if problems := [*_changed_since(plan), *_broken_by_undoing(plan, before)]:
        raise RefusedError(problems)
    _tell_search(plan, before)
    known = {code: unit for code, unit in before.items() if unit is not None}
    after = {code: from_json(data) for code, data in plan.record["after"].items()}
    rows.write(known, user, plan.record["elders"])
    acts.told_of_units(after, known, rows.chart(), user)
    roles.take_back(plan.record.get("roles", []), user)
    _take_back([code for code, unit in before.items() if unit is None], user)
    plan.state, plan.undone_by, plan.undone_at = State.UNDONE, user, timezone.now()
    plan.save()
    acts.told(plan, acts.UNDO, user)


def _changed_since(plan: Reorganisation) -> Iterable[Problem]:
    now = rows.chart()
    for code, data in plan.record["after"].items():
        left = from_json(data)
        if left is not None and now.get(code) != left:
            yield Problem(0, _("“%(name)s” was changed since.") % {"name": left.name})


def _broken_by_undoing(
    plan: Reorganisation, before: Mapping[str, UnitState | None]
) -> Iterable[Problem]:
    """Others may have moved below it, or ended, since: the place is no more what it was."""
    known = {code: unit for code, unit in before.items() if unit is not None}
    now = {code: unit for code, unit in rows.chart().items() if code not in before}
    start = min((line.on for line in plan.asked), default=plan.on)
    return broken_days({**now, **known}, dict.fromkeys(known, 0), start)


def _take_back(codes: list[str], user: User | None) -> None:
    if used := rows.delete_unused(codes, user):
        said = _("“%(name)s” has clips, people or units of its own by now.")
        raise RefusedError(Problem(0, said % {"name": name}) for name in used)


@transaction.atomic
def recall(plan: Reorganisation, user: User | None) -> None:
    """What waits for its day becomes a draft again."""
    plan = _locked(plan)
    if plan.state != State.WAITING:
        raise RefusedError([Problem(0, _("It does not wait for its day any more."))])
    plan.state = State.DRAFT
    plan.save(update_fields=["state"])
    acts.told(plan, acts.RECALL, user)


def due() -> int:
    """Applies what has waited for today; how many it was. What cannot be done is a draft
    again, with the reasons."""
    today, done = timezone.localdate(), 0
    waiting = Reorganisation.objects.filter(state=State.WAITING)
    for plan in sorted(waiting, key=lambda plan: (plan.last_day, plan.pk)):
        if plan.last_day > today:
            break
        try:
            done += apply(plan, plan.applied_by) == State.APPLIED
        except RefusedError as refused:
            logger.warning("reorganisation=%d refused on its day: %s", plan.pk, refused)
            _send_back(plan, str(refused))
    return done


@transaction.atomic
def _send_back(plan: Reorganisation, why: str) -> None:
    """Unless somebody else has just applied or recalled it."""
    plan = _locked(plan)
    if plan.state != State.WAITING:
        return
    plan.state, plan.trouble = State.DRAFT, why
    plan.save(update_fields=["state", "trouble"])
    acts.told(plan, acts.REFUSE, plan.applied_by)


def _locked(plan: Reorganisation) -> Reorganisation:
    """One at a time: each is checked against what the one before has left."""
    LibraryPage.objects.select_for_update().get()
    return Reorganisation.objects.select_for_update().get(pk=plan.pk)


def _tell_search(plan: Reorganisation, units: Iterable[str]) -> None:
    """Clips carry the names of all units above: a job finds them, not this request."""
    found = UnitPage.objects.filter(code__in=list(units)).values_list("pk", flat=True)
    indexing.request_below(f"reorganisation/{plan.pk}", found)
