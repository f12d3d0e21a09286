from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from library.audit.append_only import PREFIX, forbidding
from tests.cast import Cast

Entry: TypeAlias = PageLogEntry | ModelLogEntry


@pytest.fixture(params=[PageLogEntry, ModelLogEntry])
def entry(request: pytest.FixtureRequest, cast: Cast) -> Entry:
    """In a database as `migrate` leaves it: other tests have to be able to empty it."""
    table = request.param._meta.db_table
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER {PREFIX}{table}_update")
            for statement in forbidding(
                connection, table, frozenset({"content_type_id"})
            ):
                cursor.execute(statement)
    about = cast.school_a if request.param is PageLogEntry else cast.lan
    made: Entry = log(about, "wagtail.edit", user=cast.an)
    return made


def refuses(act: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


def test_nothing_is_taken_out_of_the_log(entry: Entry) -> None:
    assert refuses(entry.delete)
    assert refuses(type(entry).objects.all().delete)


@pytest.mark.parametrize("column", ["user", "label", "data", "timestamp", "action"])
def test_nothing_in_the_log_is_rewritten(entry: Entry, column: str) -> None:
    rows = type(entry).objects.filter(pk=entry.pk)
    value = rows.values_list(column, flat=True).get()
    assert refuses(lambda: rows.update(**{column: value}))


def test_a_kind_of_page_that_is_given_up_may_be_forgotten(entry: Entry) -> None:
    type(entry).objects.filter(pk=entry.pk).update(content_type=None)


def test_the_log_still_grows(entry: Entry, cast: Cast) -> None:
    log(cast.school_b, "wagtail.edit", user=cast.an)
    assert PageLogEntry.objects.filter(page=cast.school_b.pk).exists()
