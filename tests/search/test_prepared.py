from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet

from search.prepared import prepared
from search.vocabulary.models import Synonym

pytestmark = pytest.mark.django_db


def test_rows_are_read_anew_each_time() -> None:
    rows = prepared(lambda: Synonym.objects.filter(words="k99").values_list("means"))
    assert rows() == []
    Synonym.objects.create(words="k99", means="khối chín chín")
    assert rows() == [("khối chín chín",)]


def test_the_question_is_put_into_sql_once() -> None:
    asked: list[QuerySet[Any, Any]] = []

    def question() -> QuerySet[Any, Any]:
        asked.append(Synonym.objects.values_list("words"))
        return asked[-1]

    rows = prepared(question)
    assert rows() == rows() != []
    assert len(asked) == 1
