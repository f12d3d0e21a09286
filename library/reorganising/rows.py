"""Reads the states of units from the database, and writes them: tree, rows, pages."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from library.reorganising.states import TOP, Spell, Spells, UnitState
from library.units.models import (
    LibraryPage,
    UnitKind,
    UnitKindSpell,
    UnitName,
    UnitPage,
    UnitParent,
    UnitSuccession,
)

Row: TypeAlias = Any  # UnitName, UnitKindSpell or UnitParent: alike but for one field


def chart() -> dict[str, UnitState]:
    """All units, in the order of the tree; few queries for any number."""
    names = _spells(UnitName, F("name"))
    kinds = _spells(UnitKindSpell, F("kind__code"))
    parents = _spells(UnitParent, F("parent__code"))
    became, successors = _successions()
    found = UnitPage.objects.order_by("path").values_list("code", "ended_on")
    return {
        code: UnitState(
            code=code,
            names=names[code],
            kinds=kinds[code],
            parents=parents[code],
            ended_on=ended,
            became=became.get(code, ""),
            successors=tuple(successors[code]),
        )
        for code, ended in found
        if code in names and code in kinds and code in parents
    }


def _spells(rows: Row, value: F) -> dict[str, Spells]:
    found: dict[str, list[Spell]] = defaultdict(list)
    fields = ("unit__code", "value", "valid_from", "valid_until")
    dated = rows.objects.annotate(value=value).order_by("valid_from", "pk")
    for code, text, first, end in dated.values_list(*fields):
        found[code].append(Spell(text or TOP, first, end))
    return {code: tuple(spells) for code, spells in found.items()}


def _successions() -> tuple[dict[str, str], dict[str, list[str]]]:
    became: dict[str, str] = {}
    successors: dict[str, list[str]] = defaultdict(list)
    rows = UnitSuccession.objects.order_by("pk")
    for old, new, kind in rows.values_list("old__code", "new__code", "kind"):
        became[old] = kind
        successors[old].append(new)
    return became, successors


def elders() -> dict[str, str]:
    """The unit that stands before each in the tree's own order; "" for the first."""
    last: dict[str, str] = {}
    found: dict[str, str] = {}
    step = UnitPage.steplen
    for path, code in UnitPage.objects.order_by("path").values_list("path", "code"):
        above = path[:-step]
        found[code] = last.get(above, "")
        last[above] = code
    return found


# --- writing ------------------------------------------------------------------------


def write(
    states: Mapping[str, UnitState],
    user: User | None,
    order: Mapping[str, str] | None = None,
) -> None:
    """Makes the units be so, rows and pages; those that are not there are founded.

    A unit goes to its place after the one above it, so that no move crosses another.
    `order` says after whom a unit is put; others become the last of their siblings.
    """
    UnitSuccession.objects.filter(old__code__in=states).delete()
    waiting = list(_top_down(states))
    for state in waiting:
        _write_unit(state, user)
        _put_below(state, user)
    for code in order or {}:
        _put_after(code, (order or {})[code], user)
    for state in waiting:
        _write_rows(state)


def _top_down(states: Mapping[str, UnitState]) -> Iterator[UnitState]:
    done: set[str] = set()

    def visit(code: str) -> Iterator[UnitState]:
        if code in done or code not in states:
            return
        done.add(code)
        yield from visit(states[code].parent)
        yield states[code]

    for code in states:
        yield from visit(code)


def _write_unit(state: UnitState, user: User | None) -> None:
    """Its page's own fields; a draft that is older than the change is left behind."""
    unit = UnitPage.objects.filter(code=state.code).first()
    kind = UnitKind.objects.get(code=state.kind)
    if unit is None:
        _page(state.parent).add_child(
            instance=UnitPage(
                title=state.name,
                code=state.code,
                slug=state.code,
                kind=kind,
                owner=user,
            )
        )
        return
    if (unit.title, unit.kind, unit.ended_on) == (state.name, kind, state.ended_on):
        return
    unit.title = unit.draft_title = state.name
    unit.kind, unit.ended_on = kind, state.ended_on
    unit.save()
    if unit.latest_revision_id:
        unit.save_revision(user=user, clean=False).publish(user=user)


def _put_below(state: UnitState, user: User | None) -> None:
    unit, above = _page(state.code), _page(state.parent)
    if unit.path[: -unit.steplen] != above.path:
        _move(unit, above, "last-child", user)


def _put_after(code: str, elder: str, user: User | None) -> None:
    """Among its siblings, if the elder one is still one of them."""
    unit = _page(code)
    siblings = list(UnitPage.objects.sibling_of(unit).order_by("path"))
    codes = [each.code for each in siblings]
    place = codes.index(code)
    if (codes[place - 1] if place else "") == elder:
        return
    if elder in codes:
        _move(unit, siblings[codes.index(elder)], "right", user)
    elif not elder:
        _move(unit, siblings[0], "left", user)


def _move(unit: Page, target: Page, pos: str, user: User | None) -> None:
    """Wagtail's own move: its signals, its log, the addresses of what is below."""
    MovePageAction(unit, target, pos=pos, user=user).execute(
        skip_permission_checks=True
    )


def _page(code: str) -> Page:
    """A unit as it is in the tree now, or the library that the top units stand in."""
    found: Page
    if code == TOP:
        found = LibraryPage.objects.get()
    else:
        found = UnitPage.objects.get(code=code)
    return found


def _write_rows(state: UnitState) -> None:
    unit = UnitPage.objects.get(code=state.code)
    _replace(UnitName, unit, "name", state.names, {})
    kinds = dict(UnitKind.objects.values_list("code", "pk"))
    _replace(UnitKindSpell, unit, "kind_id", state.kinds, kinds)
    above = {spell.value for spell in state.parents} | set(state.successors)
    codes = dict(UnitPage.objects.filter(code__in=above).values_list("code", "pk"))
    _replace(UnitParent, unit, "parent_id", state.parents, {**codes, TOP: None})
    UnitSuccession.objects.bulk_create(
        UnitSuccession(
            old=unit, new_id=codes[code], on=_day_of(state), kind=state.became
        )
        for code in state.successors
    )


def _day_of(state: UnitState) -> datetime.date:
    if state.ended_on is None:
        raise ValueError(state.code)
    return state.ended_on


def _replace(
    rows: Row,
    unit: UnitPage,
    field: str,
    spells: Spells,
    ids: Mapping[str, int | None],
) -> None:
    """The unit's rows of one sort; they stay as they are where nothing differs."""
    known = rows.objects.filter(unit=unit).order_by("valid_from")
    wanted = [
        (ids[spell.value] if ids else spell.value, spell.first, spell.end)
        for spell in spells
    ]
    if list(known.values_list(field, "valid_from", "valid_until")) == wanted:
        return
    known.delete()
    rows.objects.bulk_create(
        rows(**{"unit": unit, field: value, "valid_from": first, "valid_until": end})
        for value, first, end in wanted
    )


# --- taking back what was founded -----------------------------------------------------


def in_use(unit: UnitPage) -> bool:
    """Whether anything but its own history hangs on it by now."""
    history = {UnitName, UnitKindSpell, UnitParent}
    relations = UnitPage._meta.get_fields(  # noqa: SLF001 - Django's documented name
        include_parents=False, include_hidden=True
    )
    hanging = (
        relation
        for relation in relations
        if (relation.one_to_many or relation.one_to_one)
        and relation.auto_created
        and not relation.concrete
        and relation.on_delete is not models.SET_NULL
        and not (relation.related_model in history and relation.field.name == "unit")
    )
    return not unit.is_leaf() or any(
        relation.related_model._base_manager.filter(  # noqa: SLF001 - likewise
            **{relation.field.name: unit.pk}
        ).exists()
        for relation in hanging
    )


def delete_unused(codes: Iterable[str], user: User | None) -> list[str]:
    """Bottom up, so that each is a leaf when its turn comes; the names of those in use."""
    found = UnitPage.objects.filter(code__in=list(codes)).order_by("-depth")
    used = []
    for code in list(found.values_list("code", flat=True)):
        unit = UnitPage.objects.get(code=code)
        if in_use(unit):
            used.append(unit.title)
        else:
            unit.delete(user=user)
    return used
