"""The demo's lessons: whole, distinct, and in the words of the taxonomies."""

from __future__ import annotations

import json
import re

import pytest

from library.clips.licences import LICENCES
from library.clips.models import ClipKind, Grade, Skill, Subject
from library.clips.seed import load_taxonomies
from library.demo import lessons


def test_there_are_a_hundred_to_publish_and_some_under_way() -> None:
    published = lessons.published(100)
    assert len({lesson.title for lesson in published}) == 100
    assert len(lessons.under_way()) >= 3


def test_beyond_a_hundred_they_come_again_as_new_editions() -> None:
    many = lessons.published(130)
    assert len({lesson.key for lesson in many}) == 130
    assert many[100].title.startswith(many[0].title)


def test_half_have_captions_and_some_stand_upright() -> None:
    published = lessons.published(100)
    assert 40 <= sum(lesson.has_captions for lesson in published) <= 60
    assert sum(lesson.portrait for lesson in published) >= 8


@pytest.mark.django_db
def test_they_use_only_codes_that_there_are() -> None:
    load_taxonomies()
    known = {
        model: set(model.objects.values_list("code", flat=True))
        for model in (ClipKind, Subject, Grade, Skill)
    }
    for lesson in lessons.published(100) + lessons.under_way():
        assert lesson.kind in known[ClipKind]
        assert not lesson.subject or lesson.subject in known[Subject]
        assert set(lesson.grades) <= known[Grade]
        assert set(lesson.skills) <= known[Skill]
        assert lesson.subject or lesson.skills
        assert lesson.licence in LICENCES


def test_the_file_is_composed_unicode_with_marks() -> None:
    text = lessons.PATH.read_text("utf-8")
    assert not re.search("[\u0300-\u036f]", text)
    assert "ườ" in text
    assert isinstance(json.loads(text), list)
