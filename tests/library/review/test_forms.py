"""A no has a reason of the list and words; a yes needs neither."""

from __future__ import annotations

import pytest

from library.review.forms import AnswerForm, ApprovalForm, WithdrawalForm


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"reason": "quality", "comment": "Nhỏ quá"}, []),
        ({"reason": "", "comment": "Nhỏ quá"}, ["reason"]),
        ({"reason": "no-such", "comment": "Nhỏ quá"}, ["reason"]),
        ({"reason": "quality", "comment": " \n"}, ["comment"]),
        ({"reason": "quality", "comment": "a" * 2001}, ["comment"]),
    ],
)
def test_an_answer(form: dict[str, str], wrong: list[str]) -> None:
    assert list(AnswerForm(form).errors) == wrong


def test_a_yes_may_stay_without_words() -> None:
    assert ApprovalForm({}).is_valid()


def test_a_withdrawal_says_why_in_what_the_ledger_can_keep() -> None:
    assert not WithdrawalForm({"why": "  "}).is_valid()
    assert not WithdrawalForm({"why": "a" * 201}).is_valid()
    assert WithdrawalForm({"why": "Phụ huynh yêu cầu"}).is_valid()
