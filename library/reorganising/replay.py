"""Plays the lines of a reorganisation over the units as they stand; touches no database.

Day after day, and each day in this order: units are founded, change their name, kind
and parent, and end. What stood below a unit that ended, and was not moved elsewhere,
goes where its page goes.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library.reorganising.lines import TOP_MARK, Line
from library.reorganising.states import TOP, Chart, UnitState, followed, founded
from library.units.models import Succession

FIELDS = {"name": "names", "kind": "kinds", "parent": "parents"}


@dataclass(frozen=True)
class Problem:
    """Why the whole cannot be done, and which line is to blame."""

    line: int
    words: str


def day_text(day: datetime.date) -> str:
    return date_format(day, "d/m/Y", use_l10n=False)


class Replay:
    """`units` is what comes out; `blame` has the line that touched a unit last."""

    def __init__(self, chart: Chart, kinds: Iterable[str]) -> None:
        self.units: dict[str, UnitState] = dict(chart)
        self.kinds = frozenset(kinds)
        self.problems: list[Problem] = []
        self.blame: dict[str, int] = {}
        self._below: defaultdict[str, set[str]] = defaultdict(set)
        for unit in chart.values():
            self._below[unit.parent].add(unit.code)
        self._said: dict[tuple[str, datetime.date, str], int] = {}
        self._coming: dict[str, datetime.date] = {}

    def play(self, lines: Sequence[Line]) -> None:
        self._coming = {line.code: line.on for line in lines if line.founds}
        for day in sorted({line.on for line in lines}):
            todays = [line for line in lines if line.on == day]
            for line in todays:
                if line.founds:
                    self._found(line)
            able = [line for line in todays if self._may_change(line)]
            for line in able:
                self._change(line)
            self._end([line for line in able if line.ends])

    # --- one line -----------------------------------------------------------------

    def _refuse(self, line: int, words: str) -> None:
        problem = Problem(line, words)
        if problem not in self.problems:
            self.problems.append(problem)

    def _found(self, line: Line) -> None:
        if line.code in self.units:
            known = self.units[line.code].name
            said = _("The code “%(code)s” is taken: it is “%(name)s”.")
            self._refuse(line.number, said % {"code": line.code, "name": known})
            return
        try:
            validate_slug(line.code)
        except ValidationError:
            said = _(
                "“%(code)s” is no code: small letters without marks, digits, hyphens."
            )
            self._refuse(line.number, said % {"code": line.code})
            return
        parent = TOP if line.parent == TOP_MARK else line.parent
        made = founded(line.code, line.name, line.kind, parent, line.on)
        self._put(made, line.number)

    def _may_change(self, line: Line) -> bool:
        unit = self.units.get(line.code)
        before = len(self.problems)
        if unit is None and line.founds:
            return False  # its own reason is given already
        if unit is None:
            self._refuse(line.number, self._why_unknown(line.code))
            return False
        words = {"name": unit.name}
        if unit.ended_on is not None:
            words["day"] = day_text(unit.ended_on)
            self._refuse(line.number, _("“%(name)s” ended on %(day)s.") % words)
        elif line.on < unit.born:
            words["day"] = day_text(unit.born)
            self._refuse(line.number, _("“%(name)s” begins only on %(day)s.") % words)
        self._refuse_contradictions(line)
        self._refuse_unknown(line)
        return len(self.problems) == before

    def _refuse_contradictions(self, line: Line) -> None:
        """A unit has one parent at one time, one name and one kind; and ends once."""
        for field in line.asks:
            if field == "parent" and line.ends:
                continue
            key = (line.code, line.on, "parent" if field == "ends" else field)
            other = self._said.setdefault(key, line.number)
            if other != line.number:
                said = _("Line %(line)s says otherwise about the same unit and day.")
                self._refuse(line.number, said % {"line": other})

    def _refuse_unknown(self, line: Line) -> None:
        codes = [*line.successors]
        if line.parent and line.parent != TOP_MARK:
            codes.append(line.parent)
        for code in codes:
            if code not in self.units:
                self._refuse(line.number, self._why_unknown(code))
        if line.kind and line.kind not in self.kinds:
            said = _("There is no kind “%(kind)s”.")
            self._refuse(line.number, said % {"kind": line.kind})

    def _why_unknown(self, code: str) -> str:
        """It may be founded by a line of a later day: until then there is a gap."""
        if code in self._coming:
            words = {"name": code, "day": day_text(self._coming[code])}
            return _("“%(name)s” begins only on %(day)s.") % words
        return _("There is no unit with the code “%(code)s”.") % {"code": code}

    def _change(self, line: Line) -> None:
        for field in ("name", "kind", "parent"):
            value = getattr(line, field)
            if line.founds or not value or (field == "parent" and line.ends):
                continue
            self._follow(line, field, TOP if value == TOP_MARK else value)
        parent = self.units[line.code].parent
        if not line.ends and line.parent and parent:
            self._refuse_ended(line, parent)

    def _follow(self, line: Line, field: str, value: str) -> None:
        unit = self.units[line.code]
        spells = getattr(unit, FIELDS[field])
        if spells[-1].first > line.on:
            said = _("“%(name)s” has changed since, on %(day)s: undo that first.")
            words = {"name": unit.name, "day": day_text(spells[-1].first)}
            self._refuse(line.number, said % words)
            return
        then = followed(spells, value, line.on)
        changed = {
            "name": lambda: replace(unit, names=then),
            "kind": lambda: replace(unit, kinds=then),
            "parent": lambda: replace(unit, parents=then),
        }
        self._put(changed[field](), line.number)

    def _refuse_ended(self, line: Line, code: str) -> None:
        unit = self.units[code]
        if unit.ended_on is not None:
            said = _("“%(name)s” ended on %(day)s.")
            words = {"name": unit.name, "day": day_text(unit.ended_on)}
            self._refuse(line.number, said % words)

    def _put(self, unit: UnitState, line: int) -> None:
        before = self.units.get(unit.code)
        if before is not None:
            self._below[before.parent].discard(unit.code)
        self._below[unit.parent].add(unit.code)
        self.units[unit.code] = unit
        self.blame[unit.code] = line

    # --- units that end on one day --------------------------------------------------

    def _end(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self._put(
                replace(
                    self.units[line.code],
                    ended_on=line.on,
                    successors=line.successors,
                    became=self._became(line, lines),
                ),
                line.number,
            )
        for line in lines:
            for code in line.successors:
                self._refuse_successor(line, code)
        keepers = {line.code: self._keeper(line) for line in lines}
        for line in lines:
            self._keep(line, keepers[line.code])

    def _became(self, line: Line, lines: Sequence[Line]) -> Succession:
        """One founded that day to follow it alone is the same unit under another code."""
        if len(line.successors) > 1:
            return Succession.SPLIT
        if not line.successors:
            return Succession.DISSOLVE
        new = line.successors[0]
        is_fresh = self._coming.get(new) == line.on
        is_alone = [each.code for each in lines if new in each.successors] == [
            line.code
        ]
        return Succession.RENAME if is_fresh and is_alone else Succession.MERGE

    def _refuse_successor(self, line: Line, code: str) -> None:
        if code == line.code:
            self._refuse(line.number, _("A unit is not merged into itself."))
            return
        self._refuse_ended(line, code)
        new = self.units[code]
        if new.born > line.on:
            said = _("“%(name)s” begins only on %(day)s.")
            words = {"name": new.name, "day": day_text(new.born)}
            self._refuse(line.number, said % words)

    def _keeper(self, line: Line) -> str:
        """The standing unit below which the page goes, with what is left below it."""
        if len(line.successors) == 1:
            return line.successors[0]
        at, seen = line.parent or self.units[line.code].parent, {line.code}
        while at and at in self.units and self.units[at].ended_on is not None:
            if at in seen:
                return TOP
            seen.add(at)
            unit = self.units[at]
            is_merged = unit.became in {Succession.MERGE, Succession.RENAME}
            at = unit.successors[0] if is_merged else unit.parent
        return at if at in self.units else TOP

    def _keep(self, line: Line, keeper: str) -> None:
        unit = self.units[line.code]
        if not keeper:
            said = _("Nothing stands above “%(name)s”: say who keeps its clips.")
            self._refuse(line.number, said % {"name": unit.name})
            return
        if not unit.successors:
            self._put(replace(unit, successors=(keeper,)), line.number)
        for code in sorted(self._below[line.code]):
            if self.units[code].ended_on is None:
                self._carry(line, code, keeper)
        self._follow(line, "parent", keeper)

    def _carry(self, line: Line, code: str, keeper: str) -> None:
        """What stands below a unit that ends goes with its page, unless it was moved."""
        moved_by = self._said.get((code, line.on, "parent"))
        if moved_by is not None:
            self._refuse_ended(replace(line, number=moved_by), line.code)
            return
        unit = self.units[code]
        if unit.parents[-1].first > line.on:
            said = _("“%(name)s” came below it later, on %(day)s.")
            words = {"name": unit.name, "day": day_text(unit.parents[-1].first)}
            self._refuse(line.number, said % words)
            return
        spells = followed(unit.parents, keeper, line.on)
        self._put(replace(unit, parents=spells), line.number)
