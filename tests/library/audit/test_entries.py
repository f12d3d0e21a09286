from __future__ import annotations

from typing import Any

import pytest
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from library.audit import entries
from library.units.models import Role
from tests.cast import Cast, member

pytestmark = pytest.mark.django_db


def labels(cast_member: Any) -> set[str]:
    rows = entries.readable(PageLogEntry, cast_member)
    return set(rows.filter(action="wagtail.edit").values_list("label", flat=True))


@pytest.fixture
def logged(cast: Cast) -> Cast:
    for unit in (cast.school_a, cast.school_b, cast.district):
        log(unit, "wagtail.edit", user=cast.an)
    log(cast.lan, "wagtail.edit", user=cast.an)
    return cast


def test_a_units_admin_reads_what_was_done_at_it_and_below(logged: Cast) -> None:
    member(logged.lan, logged.school_a, Role.ADMIN)
    assert labels(logged.lan) == {logged.school_a.title}
    member(logged.tu, logged.district, Role.ADMIN)
    named = {logged.school_a.title, logged.school_b.title, logged.district.title}
    assert labels(logged.tu) == named


def test_other_roles_read_nothing(logged: Cast) -> None:
    for person in (logged.lan, logged.minh, logged.nam):
        assert not entries.reads(person)
        assert not labels(person)


def test_what_hangs_on_no_page_is_for_superusers(logged: Cast) -> None:
    member(logged.tu, logged.province, Role.ADMIN)
    assert not entries.readable(ModelLogEntry, logged.tu)
    assert entries.readable(ModelLogEntry, logged.an)


def test_words_are_found_with_and_without_their_marks(logged: Cast) -> None:
    found = list(entries.lines(entries.readable(PageLogEntry, logged.an)))
    for words in ("dong xoai", "ĐỒNG XOÀI", "an dong"):
        assert entries.holding(found, words), words
    assert not entries.holding(found, "dong zqxd")
    assert not entries.holding(found, "… !")


def test_only_the_newest_are_read_where_that_is_asked(logged: Cast) -> None:
    rows = entries.readable(PageLogEntry, logged.an)
    (line,) = entries.lines(rows, 1)
    assert line.on_what == logged.district.title


def test_an_act_that_nobody_registers_any_more_is_shown_by_its_name(cast: Cast) -> None:
    entry = log(cast.school_a, "wagtail.edit", user=cast.an)
    entry.action = "library.of_old"
    assert entries._line(entry).what == "library.of_old"
