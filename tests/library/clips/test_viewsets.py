"""The admin of subjects, grades, skills and kinds: for superusers alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from library.clips.taxonomy import Subject, SubjectOffer
from tests.cast import Cast

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


def test_a_subject_is_edited_with_its_grades(cast: Cast, client: Client) -> None:
    client.force_login(cast.an)
    data = {
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
    assert client.post(reverse("subject:add"), data).status_code == 302
    offer = SubjectOffer.objects.get(subject=Subject.objects.get(code="tieng-khmer"))
    assert (offer.first_grade, offer.last_grade, offer.compulsory) == (1, 5, False)
