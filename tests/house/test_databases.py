"""A copied database is the same for each test, whatever the one before did to it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from tests import databases
from tests.snapshots import tables


@pytest.mark.django_db(transaction=True)
def test_after_a_transactional_test_the_database_is_as_migrated() -> None:
    before = tables()
    Group.objects.all().delete()
    databases.restore()
    assert tables() == before
    assert Group.objects.exists()
