"""Years of an organisation at random: publishing, withdrawing, reorganising, undoing.

A machine of hypothesis; what must hold after each step is in its invariants. Its clock
goes on from step to step, and every machine leaves the database as it was.
"""

from __future__ import annotations

import contextlib
import datetime
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)
from wagtail.models import Page

from library.clips.models import ClipPage
from library.contributions import recount, rollup
from library.contributions.models import LedgerEntry
from library.contributions.rollup import Reading
from library.reorganising import applying, rows
from library.reorganising.lines import TOP_MARK, Line, parsed
from library.reorganising.models import Reorganisation, State
from library.units import history
from library.units.models import UnitPage
from tests.cast import Cast, assemble
from tests.library.clips import factories
from tests.library.reorganising.test_applying import dated_rows

BEGINNING = datetime.datetime(2031, 1, 1, 8, tzinfo=datetime.UTC)
CLIPS_EACH = 3
KINDS = ("school", "district")
ASKS = ("move", "move", "merge", "split", "rename", "dissolve", "found", "top")

numbers = st.integers(0, 1000)
asked = st.lists(
    st.tuples(st.sampled_from(ASKS), numbers, numbers, numbers),
    min_size=1,
    max_size=3,
)


class Scene:
    """Units and clips ready to be published; made once, before the years begin."""

    def __init__(self) -> None:
        with time_machine.travel(BEGINNING, tick=False):
            self.cast: Cast = assemble()
            cast = self.cast
            units = (cast.school_a, cast.school_b, cast.school_c, cast.district)
            self.clips = [self.ready(unit) for unit in units for _ in range(CLIPS_EACH)]

    def ready(self, unit: UnitPage) -> int:
        return int(factories.ready(unit, self.cast.lan).pk)


class Years(RuleBasedStateMachine):
    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGINNING
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast, self.clips = self.scene.cast, self.scene.clips
        self.applied: list[tuple[Reorganisation, Any]] = []
        self.made = 0

    def at_its_time(self, days: int = 0) -> Any:
        self.now += datetime.timedelta(days=days)
        return time_machine.travel(self.now, tick=False)

    def teardown(self) -> None:
        try:
            assert Page.find_problems() == ([], [], [], [], [])
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    # --- what people do ---------------------------------------------------------------

    @rule(which=numbers, days=st.integers(1, 20))
    def publish_or_withdraw(self, which: int, days: int) -> None:
        with self.at_its_time(days):
            clip = ClipPage.objects.get(pk=self.clips[which % len(self.clips)])
            if clip.live:
                clip.unpublish()
            else:
                factories.approve(clip)  # what was withdrawn is reviewed anew
                clip.get_latest_revision().publish()

    @rule(asks=asked, days=st.integers(1, 20), back=st.integers(0, 40))
    def reorganise(
        self, asks: list[tuple[str, int, int, int]], days: int, back: int
    ) -> None:
        """Refused as a whole, or done as a whole, with a day that is past."""
        with self.at_its_time(days):
            on = timezone.localdate() - datetime.timedelta(days=back)
            plan, before = self.plan(asks, on), dated_rows()
            try:
                applying.apply(plan, self.cast.an)
            except applying.RefusedError:
                assert dated_rows() == before
            else:
                self.applied.append((plan, before))

    @rule(asks=asked, days=st.integers(1, 20), ahead=st.integers(1, 20))
    def reorganise_later(
        self, asks: list[tuple[str, int, int, int]], days: int, ahead: int
    ) -> None:
        """What waits changes nothing until its day."""
        with self.at_its_time(days):
            on = timezone.localdate() + datetime.timedelta(days=ahead)
            plan, before = self.plan(asks, on), dated_rows()
            with contextlib.suppress(applying.RefusedError):
                applying.apply(plan, self.cast.an)
            assert dated_rows() == before
        with self.at_its_time(ahead):
            applying.due()
            plan.refresh_from_db()
            if plan.state == State.APPLIED:
                self.applied.append((plan, before))
            else:
                assert dated_rows() == before

    @precondition(lambda self: self.applied)
    @rule(days=st.integers(1, 20))
    def undo(self, days: int) -> None:
        """The last one is undone to the same rows; an earlier one if nothing stands on it."""
        with self.at_its_time(days):
            plan, before = self.applied.pop()
            applying.undo(plan, self.cast.an)
            assert dated_rows() == before

    @precondition(lambda self: len(self.applied) > 1)
    @rule(which=numbers, days=st.integers(1, 20))
    def undo_an_earlier_one(self, which: int, days: int) -> None:
        place = which % (len(self.applied) - 1)
        with self.at_its_time(days):
            before = dated_rows()
            try:
                applying.undo(self.applied[place][0], self.cast.an)
            except applying.RefusedError:
                assert dated_rows() == before
            else:
                # What was before the later ones can be told no more.
                self.applied = []

    def plan(
        self, asks: list[tuple[str, int, int, int]], on: datetime.date
    ) -> Reorganisation:
        codes = list(UnitPage.objects.order_by("pk").values_list("code", flat=True))
        lines = [self.line(n, ask, codes, on) for n, ask in enumerate(asks, start=1)]
        made = Reorganisation(name="Đợt", on=on, made_by=self.cast.an)
        made.asked = lines
        made.save()
        return made

    def line(
        self,
        number: int,
        ask: tuple[str, int, int, int],
        codes: list[str],
        on: datetime.date,
    ) -> Line:
        what, *places = ask
        first = places[0] % len(codes)
        one, others = codes[first], codes[first + 1 :] + codes[:first]
        two, three = (others[place % len(others)] for place in places[1:])
        self.made += 1
        named = {"name": f"Tên {self.made}", "kind": KINDS[places[1] % 2]}
        cells: dict[str, dict[str, str]] = {
            "move": {"code": one, "parent": two},
            "merge": {"code": one, "successors": two},
            "split": {"code": one, "successors": f"{two}, {three}"},
            "rename": {"code": one, **named},
            "dissolve": {"code": one, "ends": "x"},
            "found": {"code": f"u-{self.made}", "founds": "x", "parent": two, **named},
            "top": {"code": one, "parent": TOP_MARK},
        }
        return parsed(number, cells[what], on)

    # --- what holds after each step ---------------------------------------------------

    @invariant()
    def the_ledger_equals_a_recount(self) -> None:
        with self.at_its_time():
            assert recount.differences() == []

    @invariant()
    def both_trees_sum_to_the_same_leaves(self) -> None:
        with self.at_its_time():
            now, then = (
                rollup.report(rollup.question(tree=tree))
                for tree in (Reading.NOW, Reading.THEN)
            )
        counted = LedgerEntry.objects.open().count()
        assert now.total == then.total == counted
        own = {row.code: row.own for row in now.units}
        assert own == {row.code: row.own for row in then.units}
        assert sum(own.values()) == counted

    @invariant()
    def each_unit_stands_below_one_that_stands(self) -> None:
        units = {unit.pk: unit for unit in UnitPage.objects.all()}
        at = {unit.path: unit for unit in units.values()}
        chart = rows.chart()
        for unit in units.values():
            above = at.get(unit.path[: -unit.steplen])
            state = chart[unit.code]
            assert state.parent == (above.code if above else "")
            assert (state.name, state.kind) == (unit.title, unit.kind.code)
            if unit.ended_on is None:
                assert above is None or above.ended_on is None
            else:
                continued = history.continuation(unit)
                assert continued is not None
                assert continued.ended_on is None

    @invariant()
    def dated_rows_follow_each_other_without_a_gap(self) -> None:
        for state in rows.chart().values():
            for spells in (state.names, state.kinds, state.parents):
                ends = [spell.end for spell in spells]
                assert ends == [*(spell.first for spell in spells[1:]), None]
