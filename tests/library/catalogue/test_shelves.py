from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from library.catalogue import shelves
from library.clips.models import Grade, Series, Skill, Subject
from tests.cast import Cast
from tests.library.clips import factories


@pytest.fixture
def skills(db: None) -> tuple[Skill, Skill]:
    root = Skill.objects.create(code="an-toan", name="An toàn")
    return root, Skill.objects.create(code="so-cuu", name="Sơ cứu", parent=root)


def names(entries: list[shelves.Entry]) -> dict[str, int]:
    return {entry.code: entry.clips for entry in entries}


def test_only_subjects_with_public_clips_are_doors(cast: Cast) -> None:
    Subject.objects.create(code="hoa-hoc", name="Hóa học")
    physics = Subject.objects.create(code="vat-li", name="Vật lí")
    factories.live(cast.school_a, cast.lan)
    factories.live(cast.school_b, cast.hoa)
    factories.ready(cast.school_a, cast.lan, subject=physics)
    assert names(shelves.subjects()) == {"toan": 2}


def test_a_clip_for_two_grades_stands_under_both(cast: Cast) -> None:
    grades = [Grade.objects.create(code=c, name=c) for c in ("10", "11")]
    factories.live(cast.school_a, cast.lan, grades=grades)
    factories.live(cast.school_a, cast.lan, grades=grades[:1])
    assert names(shelves.grades()) == {"10": 2, "11": 1}


def test_a_clip_with_two_skills_of_a_family_counts_once_for_the_root(
    cast: Cast, skills: tuple[Skill, Skill]
) -> None:
    root, child = skills
    factories.live(cast.school_a, cast.lan, skills=[root, child])
    factories.live(cast.school_a, cast.lan, skills=[child])
    assert names(shelves.skills()) == {"an-toan": 2}
    assert names(shelves.skills(root)) == {"so-cuu": 2}
    assert shelves.with_skill(root).count() == 2


def test_units_count_everything_below_them(cast: Cast) -> None:
    factories.live(cast.school_a, cast.lan)
    factories.live(cast.school_b, cast.hoa)
    factories.live(cast.school_c, cast.bao)
    assert names(shelves.units()) == {"binh-phuoc": 3}
    assert names(shelves.units(cast.province)) == {"dong-xoai": 2, "bu-dang": 1}
    assert names(shelves.units(cast.school_a)) == {}
    assert shelves.below(cast.district).count() == 2


def test_the_busiest_units_come_first(cast: Cast) -> None:
    factories.live(cast.school_a, cast.lan)
    for _ in range(2):
        factories.live(cast.school_c, cast.bao)
    assert names(shelves.busiest_units(5)) == {"thpt-bu-dang": 2, "thpt-dong-xoai": 1}
    assert names(shelves.busiest_units(1)) == {"thpt-bu-dang": 2}


def test_series_are_doors_with_their_unit(cast: Cast) -> None:
    series = Series.objects.create(unit=cast.school_a, title="Ôn thi", slug="on-thi")
    Series.objects.create(unit=cast.school_a, title="Trống", slug="trong")
    factories.live(cast.school_a, cast.lan, series=series)
    (entry,) = shelves.series()
    assert entry.url == f"/chuyen-de/on-thi-{series.pk}/"
    assert entry.note == cast.school_a.title


def test_what_a_privacy_rule_holds_back_is_on_no_shelf(cast: Cast) -> None:
    factories.live(cast.school_a, cast.lan)
    PageViewRestriction.objects.create(
        page=cast.school_a, restriction_type=PageViewRestriction.LOGIN
    )
    assert shelves.public_clips().count() == 0
    assert shelves.subjects() == []
    assert names(shelves.units()) == {"binh-phuoc": 0}
