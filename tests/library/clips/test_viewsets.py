"""The admin of subjects, grades, skills and kinds: for superusers alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from library.clips import drafts
from library.clips.taxonomy import Skill, Subject, SubjectOffer
from tests.cast import Cast
from tests.library.clips import factories

NAMES = ["subject", "grade", "skill", "clipkind"]


@pytest.mark.parametrize("name", NAMES)
def test_nobody_but_superusers_reaches_the_lists(
    cast: Cast, client: Client, name: str
) -> None:
    for user in (cast.lan, cast.minh, cast.tu, cast.nam):
        client.force_login(user)
        for page in ("index", "add"):
            assert client.get(reverse(f"{name}:{page}")).status_code in {302, 403}
    client.force_login(cast.an)
    assert client.get(reverse(f"{name}:index")).status_code == 200
    assert client.get(reverse(f"{name}:add")).status_code == 200


SUBJECT = {
    "code": "tieng-khmer",
    "name": "Tiếng Khmer",
    "order": "40",
    "offers-TOTAL_FORMS": "1",
    "offers-INITIAL_FORMS": "0",
    "offers-MIN_NUM_FORMS": "0",
    "offers-MAX_NUM_FORMS": "1000",
    "offers-0-first_grade": "1",
    "offers-0-last_grade": "5",
    "offers-0-from_year": "2020",
}


def test_a_subject_is_edited_with_its_grades(cast: Cast, client: Client) -> None:
    client.force_login(cast.an)
    assert client.post(reverse("subject:add"), SUBJECT).status_code == 302
    offer = SubjectOffer.objects.get(subject=Subject.objects.get(code="tieng-khmer"))
    assert (offer.first_grade, offer.last_grade, offer.compulsory) == (1, 5, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": ""},
        {"code": "Tiếng Khmer"},
        {"code": "toan"},
        {"order": "-1"},
        {"order": "9999999999999999999999999"},
        {"offers-0-first_grade": "9"},
        {"offers-0-last_grade": ""},
        {
            "offers-TOTAL_FORMS": "2",
            "offers-1-first_grade": "1",
            "offers-1-last_grade": "4",
            "offers-1-from_year": "2020",
        },
    ],
)
def test_a_wrong_answer_is_explained(
    cast: Cast, client: Client, wrong: dict[str, str]
) -> None:
    Subject.objects.get_or_create(code="toan", defaults={"name": "Toán"})
    client.force_login(cast.an)
    answer = client.post(reverse("subject:add"), {**SUBJECT, **wrong})
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert not Subject.objects.filter(name="Tiếng Khmer").exists()


def test_a_subject_with_clips_stays(cast: Cast, client: Client) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    drafts.save_details(clip, cast.lan, factories.details())
    subject = Subject.objects.get(code="toan")
    client.force_login(cast.an)
    at = reverse("subject:delete", args=[subject.pk])
    answer = client.post(at, follow=True)
    assert "đang được dùng" in answer.content.decode()
    assert Subject.objects.filter(pk=subject.pk).exists()


def test_a_skill_is_no_part_of_itself(cast: Cast, client: Client) -> None:
    safety = Skill.objects.create(code="an-toan", name="An toàn")
    water = Skill.objects.create(code="duoi-nuoc", name="Đuối nước", parent=safety)
    client.force_login(cast.an)
    for above in (safety, water):
        form = {"code": "an-toan", "name": "An toàn", "order": 1, "parent": above.pk}
        answer = client.post(reverse("skill:edit", args=[safety.pk]), form)
        assert "là một phần của chính nó" in answer.content.decode()
