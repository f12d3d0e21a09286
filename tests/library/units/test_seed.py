"""The 2021 tree of Bình Phước: whole, dated, and loaded once."""

from __future__ import annotations

import datetime

import pytest

from library.founding import found
from library.units import history, seed
from library.units.models import UnitKind, UnitPage
from tests.snapshots import Remembered

pytestmark = pytest.mark.django_db


def _load() -> UnitPage:
    seed.load_units(found())
    unit: UnitPage = UnitPage.objects.get(code="binh-phuoc")
    return unit


province = pytest.fixture(Remembered(_load), name="province")


def of_kind(*codes: str) -> int:
    return int(UnitPage.objects.filter(kind__code__in=codes).count())


def test_it_has_the_eleven_districts_of_2021(province: UnitPage) -> None:
    assert of_kind("thanh-doan", "thi-doan", "huyen-doan") == 11
    chon_thanh = UnitPage.objects.get(code="chon-thanh")
    assert chon_thanh.kind.code == "huyen-doan"  # a town only since October 2022


def test_it_has_forty_schools_and_some_class_branches(province: UnitPage) -> None:
    assert of_kind("doan-truong", "lien-doi") >= 40
    assert of_kind("chi-doan") >= 5


def test_its_history_begins_on_the_day_of_the_tree(province: UnitPage) -> None:
    day = datetime.date(2021, 5, 28)
    names, parents = history.names_on(day), history.parents_on(day)
    assert set(names) == set(UnitPage.objects.values_list("pk", flat=True))
    assert parents[province.pk] is None
    assert parents[UnitPage.objects.get(code="dong-xoai").pk] == province.pk


def test_a_second_load_adds_nothing_and_keeps_what_people_changed(
    province: UnitPage,
) -> None:
    school = UnitPage.objects.get(code="thpt-dong-xoai")
    school.title = "Đoàn trường THPT Đồng Xoài (mới)"
    school.save()
    before = (UnitPage.objects.count(), UnitKind.objects.count())
    assert seed.load_units(found()) == 0
    assert (UnitPage.objects.count(), UnitKind.objects.count()) == before
    assert UnitPage.objects.get(pk=school.pk).title.endswith("(mới)")
