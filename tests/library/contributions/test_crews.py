"""Units that made a clip together: each has credit, sums above count it once."""

from __future__ import annotations

import datetime

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from library.clips.models import ClipPage
from library.contributions import crews, ledger, rollup
from library.contributions.models import Crew, LedgerEntry, Partner
from library.contributions.rollup import Reading
from library.units.models import UnitPage
from tests.cast import Cast
from tests.factories import playable_clip, published_clip
from tests.library.contributions.conftest import Count
from tests.tampering import rewritable

DAY = datetime.date(2026, 3, 1)


def sums() -> dict[str, tuple[int, int, int]]:
    report = rollup.report(rollup.question())
    return {row.code: (row.own, row.shared, row.total) for row in report.units}


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return published_clip(cast.school_a, cast.lan, cast.an)


def test_each_unit_has_credit_and_sums_count_once(cast: Cast, clip: ClipPage) -> None:
    crews.set_partners(clip, [cast.school_b, cast.school_c], cast.an)
    ledger.count(clip)
    assert sums() == {
        "binh-phuoc": (0, 0, 1),
        "dong-xoai": (0, 0, 1),
        "thpt-dong-xoai": (1, 1, 1),
        "thpt-hung-vuong": (1, 1, 1),
        "bu-dang": (0, 0, 1),
        "thpt-bu-dang": (1, 1, 1),
    }
    assert rollup.report(rollup.question()).total == 1


def test_a_part_of_the_tree_counts_a_shared_clip_once(
    cast: Cast, clip: ClipPage
) -> None:
    crews.set_partners(clip, [cast.school_c], cast.an)
    ledger.count(clip)
    report = rollup.report(rollup.question())
    assert report.below("bu-dang").total == 1
    paths = [UnitPage.objects.get(pk=u.pk).path for u in (cast.district, cast.school_c)]
    assert report.within(paths).total == 1


def test_credit_given_late_goes_back_to_the_beginning(
    cast: Cast, clip: ClipPage
) -> None:
    row = ledger.count(clip)
    assert row is not None
    crews.set_partners(clip, [cast.school_b], cast.an)
    wrong, right = LedgerEntry.objects.order_by("pk")
    assert wrong.withdrawn_from == wrong.counted_from == right.counted_from
    assert right.crew is not None
    assert list(right.crew.units.all()) == [cast.school_b]
    assert sums()["thpt-hung-vuong"] == (1, 1, 1)
    assert sums()["binh-phuoc"] == (0, 0, 1)
    crews.set_partners(clip, [], cast.an)
    assert sums()["thpt-hung-vuong"] == (0, 0, 0)
    assert LedgerEntry.objects.count() == 3


def test_saying_the_same_again_writes_nothing(cast: Cast, clip: ClipPage) -> None:
    ledger.count(clip)
    for _time in range(2):
        crews.set_partners(clip, [cast.school_b], cast.an)
    assert LedgerEntry.objects.count() == 2
    assert PageLogEntry.objects.filter(action=crews.ACTION).count() == 1


def test_the_log_tells_who_had_credit_before_and_after(
    cast: Cast, clip: ClipPage
) -> None:
    crews.set_partners(clip, [cast.school_b], cast.an)
    crews.set_partners(clip, [cast.school_c], cast.minh)
    entry = PageLogEntry.objects.filter(action=crews.ACTION).order_by("pk").last()
    assert entry is not None
    assert (entry.user, entry.data) == (
        cast.minh,
        {"before": ["thpt-hung-vuong"], "after": ["thpt-bu-dang"]},
    )


def test_a_set_of_units_is_kept_once(cast: Cast) -> None:
    units = [cast.school_b.pk, cast.school_c.pk]
    assert crews.crew(units) == crews.crew(reversed(units))
    assert crews.crew([]) is None
    assert (Crew.objects.count(), crews.ids_of(Crew.objects.get().key)) == (
        1,
        tuple(sorted(units)),
    )


def test_the_unit_itself_is_no_partner(cast: Cast) -> None:
    clip = playable_clip(cast.school_a, cast.lan)
    crews.set_partners(clip, [cast.school_a, cast.school_b], cast.an)
    assert [row.unit for row in Partner.objects.all()] == [cast.school_b]


def test_a_recount_finds_credit_that_the_ledger_lacks(
    cast: Cast, clip: ClipPage
) -> None:
    ledger.count(clip)
    Partner.objects.create(clip=clip, unit=cast.school_b)  # past the ledger
    with pytest.raises(CommandError):
        call_command("recount", "--check")
    call_command("recount")
    call_command("recount", "--check")
    assert sums()["thpt-hung-vuong"] == (1, 1, 1)
    assert sums()["binh-phuoc"][2] == 1


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    made=st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=4), max_size=8),
    tree=st.sampled_from(list(Reading)),
)
def test_however_units_share_each_sum_counts_a_clip_once(
    cast: Cast, counted: Count, made: list[set[int]], tree: Reading
) -> None:
    pages = [cast.province, cast.district, cast.other_district]
    pages += [cast.school_a, cast.school_b, cast.school_c]
    with rewritable(LedgerEntry):
        LedgerEntry.objects.all().delete()
    for makers in made:
        first, *others = (pages[maker] for maker in sorted(makers))
        counted(first, DAY, crew=crews.crew(page.pk for page in others))
    report = rollup.report(rollup.question(tree=tree))
    for page in pages:
        found = next(each for each in report.units if each.pk == page.pk)
        below = {at for at, each in enumerate(pages) if each.path.startswith(page.path)}
        assert found.own == sum(pages.index(page) in makers for makers in made)
        assert found.total == sum(bool(makers & below) for makers in made)
    assert report.total == len(made)
