"""Kinds, grades, subjects and skills as rows."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from library.clips.taxonomy import Subject, SubjectOffer


@pytest.mark.django_db
def test_an_offer_starts_once() -> None:
    subject = Subject.objects.create(code="toan", name="Toán")
    SubjectOffer.objects.create(subject=subject, first_grade=1, last_grade=5)
    with pytest.raises(IntegrityError):
        SubjectOffer.objects.create(subject=subject, first_grade=1, last_grade=9)


@pytest.mark.django_db
def test_a_subject_knows_its_grades() -> None:
    subject = Subject.objects.create(code="toan", name="Toán")
    offer = SubjectOffer.objects.create(subject=subject, first_grade=1, last_grade=5)
    assert list(subject.offers.all()) == [offer]
    assert str(offer) == "Toán 1–5"
