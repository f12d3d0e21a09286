"""What the forms of the room insist on."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from library.consent.forms import AnswerForm, GivenAnewForm, PersonForm, WithdrawalForm


def test_a_withdrawal_needs_words_and_a_tick() -> None:
    assert not WithdrawalForm({"why": "Mẹ gọi điện"}).is_valid()
    assert not WithdrawalForm({"why": " ", "sure": "on"}).is_valid()
    assert WithdrawalForm({"why": "Mẹ gọi điện", "sure": "on"}).is_valid()


def test_an_answer_and_a_way_back_need_words() -> None:
    assert not AnswerForm({"words": " "}).is_valid()
    assert not GivenAnewForm({"how": ""}).is_valid()


def person_told(**change: str) -> dict[str, str]:
    return {
        "who": "Em Mai",
        "age": "from_7",
        "guardian_agreed_on": "2026-11-02",
        "guardian_how": "Giấy đã ký",
        "child_agreed_on": "",
        "child_how": "",
        **change,
    }


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, set()),
        ({"who": " "}, {"who"}),
        ({"age": "17"}, {"age"}),
        ({"guardian_how": ""}, {"guardian_how"}),
        ({"guardian_agreed_on": "2999-01-01"}, {"guardian_agreed_on"}),
        ({"child_agreed_on": "2026-11-02"}, {"child_how"}),
    ],
)
def test_a_day_needs_a_way_and_is_not_yet_to_come(
    change: dict[str, str], wrong: set[str]
) -> None:
    assert set(PersonForm(person_told(**change)).errors) == wrong


def test_a_paper_is_judged_when_it_is_sent() -> None:
    page = SimpleUploadedFile("giay.pdf", b"<html></html>")
    assert set(PersonForm(person_told(), {"paper": page}).errors) == {"paper"}
