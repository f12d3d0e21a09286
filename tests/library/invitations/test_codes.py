"""Codes of invitations: long enough, and read as they are meant."""

from __future__ import annotations

import pytest

from library.invitations import codes
from search.text import fold


def test_a_code_is_drawn_anew_each_time() -> None:
    drawn = {codes.draw() for _ in range(200)}
    assert len(drawn) == 200
    assert {len(code) for code in drawn} == {codes.LENGTH}
    assert codes.BITS > 47


def test_no_letter_looks_like_another_or_makes_one_while_typing_vietnamese() -> None:
    assert not set(codes.ALPHABET) & set("OILUAEYDW")
    assert fold(codes.ALPHABET) == codes.ALPHABET.lower()


@pytest.mark.parametrize("blank", ["", " ", "-", " - ", "–", "."])
def test_a_code_is_read_however_it_is_written(blank: str) -> None:
    code = codes.draw()
    assert codes.read(f" {code[:3].lower()}{blank}{code[3:]} ") == code
    assert codes.read(codes.in_groups(code)) == code


def test_what_looks_like_a_digit_is_one() -> None:
    assert codes.read("ooil0 11BCF") == "0011011BCF"


@pytest.mark.parametrize(
    "typed", ["", "BCF", "BCFGHJKMNPQ", "ABCDEFGHJK", "../../etc/x"]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert codes.read(typed) == ""
