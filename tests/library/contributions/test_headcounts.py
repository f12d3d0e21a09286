"""How many members a unit has is read for all units at once."""

from __future__ import annotations

from pytest_django import DjangoAssertNumQueries

from library.contributions import rollup
from library.contributions.headcounts import members_of
from library.contributions.models import Headcount
from tests.cast import Cast


def test_only_units_whose_number_is_known_have_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Headcount.objects.create(unit=cast.school_a, members=900)
    rows = rollup.report(rollup.question()).units
    with django_assert_num_queries(1):
        assert members_of(rows) == {cast.school_a.pk: 900}
