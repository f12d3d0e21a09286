"""What the forms of the room insist on."""

from __future__ import annotations

from library.consent.forms import AnswerForm, GivenAnewForm, WithdrawalForm


def test_a_withdrawal_needs_words_and_a_tick() -> None:
    assert not WithdrawalForm({"why": "Mẹ gọi điện"}).is_valid()
    assert not WithdrawalForm({"why": " ", "sure": "on"}).is_valid()
    assert WithdrawalForm({"why": "Mẹ gọi điện", "sure": "on"}).is_valid()


def test_an_answer_and_a_way_back_need_words() -> None:
    assert not AnswerForm({"words": " "}).is_valid()
    assert not GivenAnewForm({"how": ""}).is_valid()
