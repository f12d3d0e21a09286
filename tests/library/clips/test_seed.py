"""The lists that clips are sorted by, as the project brings them."""

from __future__ import annotations

import pytest

from library.clips import seed
from library.clips.taxonomy import ClipKind, Grade, Skill, Subject, SubjectOffer

pytestmark = pytest.mark.django_db


def taught_in(grade: int) -> set[str]:
    offers = SubjectOffer.objects.filter(first_grade__lte=grade, last_grade__gte=grade)
    return set(offers.values_list("subject__name", flat=True))


def test_the_programme_of_2018_is_there() -> None:
    seed.load_taxonomies()
    assert {"Tiếng Việt", "Tự nhiên và Xã hội"} <= taught_in(3)
    assert {"Ngữ văn", "Khoa học tự nhiên", "Nội dung giáo dục của địa phương"} <= (
        taught_in(8)
    )
    assert {"Vật lí", "Hóa học", "Lịch sử", "Địa lí"} <= taught_in(11)
    assert "Vật lí" not in taught_in(9)
    assert "Lịch sử và Địa lí" not in taught_in(10)


def test_history_is_compulsory_and_physics_a_choice() -> None:
    seed.load_taxonomies()
    offers = SubjectOffer.objects.filter(first_grade=10)
    assert offers.get(subject__code="lich-su").compulsory
    assert not offers.get(subject__code="vat-li").compulsory


def test_the_first_foreign_language_becomes_compulsory_in_grade_3() -> None:
    seed.load_taxonomies()
    offers = SubjectOffer.objects.filter(subject__code="ngoai-ngu-1").order_by(
        "first_grade"
    )
    assert [(one.first_grade, one.compulsory) for one in offers[:2]] == [
        (1, False),
        (3, True),
    ]


def test_grades_skills_and_kinds_are_there() -> None:
    seed.load_taxonomies()
    assert [one.code for one in Grade.objects.all()][:12] == [
        str(number) for number in range(1, 13)
    ]
    assert Grade.objects.filter(code="gdtx").exists()
    assert Skill.objects.filter(parent=None).count() == 12
    assert {"lecture", "skill", "event"} <= set(
        ClipKind.objects.values_list("code", flat=True)
    )


def test_a_second_run_adds_nothing_and_mends_names() -> None:
    seed.load_taxonomies()
    models = (ClipKind, Grade, Skill, Subject, SubjectOffer)
    before = [model.objects.count() for model in models]
    Subject.objects.filter(code="toan").update(name="Toan")
    Subject.objects.create(code="tieng-s-tieng", name="Tiếng S'tiêng")
    seed.load_taxonomies()
    assert Subject.objects.get(code="toan").name == "Toán"
    assert [model.objects.count() for model in models] == [
        count + (model is Subject) for model, count in zip(models, before, strict=True)
    ]
