"""July 2025: Bình Phước merged into Đồng Nai, as a draft upon the tree of 2021."""

from __future__ import annotations

import datetime
import json
from collections import Counter

import pytest

from library.founding import found
from library.reorganising import applying, seed
from library.reorganising.models import Reorganisation, State
from library.units import history
from library.units import seed as units_seed
from library.units.models import UnitPage
from tests.library.reorganising.test_applying import dated_rows
from tests.snapshots import Remembered

pytestmark = pytest.mark.django_db

JULY = datetime.date(2025, 7, 1)
DISTRICTS = ("thanh-doan", "thi-doan", "huyen-doan")


def _draft() -> Reorganisation:
    units_seed.load_units(found())
    return seed.draft_of()


def _applied() -> None:
    applying.apply(_draft(), None)


plan = pytest.fixture(Remembered(_draft), name="plan")
applied = pytest.fixture(Remembered(_applied), name="applied")


def test_it_is_a_draft_that_nothing_speaks_against(plan: Reorganisation) -> None:
    assert plan.state == State.DRAFT
    assert applying.foreseen(plan).problems == ()
    assert seed.draft_of() == plan
    assert Reorganisation.objects.count() == 1


@pytest.mark.usefixtures("applied")
def test_the_province_is_merged_its_districts_end_and_communes_begin() -> None:
    standing = UnitPage.objects.filter(ended_on=None)
    assert not standing.filter(kind__code__in=DISTRICTS).exists()
    assert UnitPage.objects.filter(ended_on=JULY).count() == 12
    communes = standing.filter(kind__code__in=("doan-xa", "doan-phuong"))
    assert Counter(communes.values_list("kind__code", flat=True)) == {
        "doan-xa": 32,
        "doan-phuong": 8,
    }
    province = UnitPage.objects.get(code="binh-phuoc")
    continued = history.continuation(province)
    assert continued is not None
    assert continued.code == "dong-nai"
    assert continued.get_parent().depth == 2


@pytest.mark.usefixtures("applied")
def test_schools_named_after_a_commune_go_to_the_one_that_took_it_in() -> None:
    above = {
        unit.code: unit.get_parent().specific.code
        for unit in UnitPage.objects.all()[2:]
    }
    assert above["thpt-phuoc-binh"] == "phuong-phuoc-binh"
    assert above["thcs-va-thpt-tan-tien"] == "xa-tan-tien"
    assert above["thcs-an-loc"] == "phuong-binh-long"
    assert above["thpt-hung-vuong"] == "dong-nai"


def test_the_years_before_stay_as_they_were(plan: Reorganisation) -> None:
    before = history.parents_on(datetime.date(2024, 9, 5))
    applying.apply(plan, None)
    after = history.parents_on(datetime.date(2024, 9, 5))
    dong_nai = UnitPage.objects.get(code="dong-nai").pk
    assert {
        unit: parent for unit, parent in after.items() if unit != dong_nai
    } == before
    chon_thanh = UnitPage.objects.get(code="chon-thanh").pk
    assert history.names_on(datetime.date(2022, 9, 1))[chon_thanh].startswith("Huyện")
    assert history.names_on(datetime.date(2024, 9, 5))[chon_thanh].startswith("Thị")


def test_undoing_it_gives_back_the_tree_of_2021(plan: Reorganisation) -> None:
    before = dated_rows()
    applying.apply(plan, None)
    applying.undo(plan, None)
    assert dated_rows() == before


def test_the_file_says_what_is_known_and_what_is_assumed() -> None:
    file = json.loads(seed.DONG_NAI_2025.read_text("utf-8"))
    assert file["sources"]
    assert file["assumptions"]
