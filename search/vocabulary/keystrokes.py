"""What raw Telex and VNI typing was meant to be: “toans hocj”, “toan1 hoc5” are toán học."""

from __future__ import annotations

import re
from collections.abc import Sequence

from search.text import Token, tokens
from search.vocabulary.syllables import (
    TONES,
    composed,
    is_bare_syllable,
    is_syllable,
    spelt,
)

_TELEX_TONES = dict(zip("zfsrxj", TONES, strict=True))
_VNI_TONES = dict(zip("12345", (*TONES[2:3], TONES[1], *TONES[3:]), strict=True))
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN_OR_BREVE = {"a": "ă", "o": "ơ", "u": "ư"}
_VNI_SHAPES = {
    "6": _CIRCUMFLEX,
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VOWEL = re.compile("[aeiouyăâêôơư]")
_UO = re.compile("(?<!q)(?:uơ|ưo)(?=.)")
_CODE = re.compile(r"([a-z]+)([0-9]+)")


def decoded(words: Sequence[Token]) -> tuple[Token, ...] | None:
    """The words as they were meant, where keys stand for marks in one and all are real then.

    A grade typed onto its word (“lop12”) is taken off it. None where nothing is gained.
    """
    meant = [_meant(word) for word in words]
    if None in meant or meant == [word.text.lower() for word in words]:
        return None
    return tokens(" ".join(text for text in meant if text))


def telex(word: str) -> str | None:
    """The syllable that these keys make; None where they make none, or there is no key."""
    typed, tone = "", ""
    for key in word:
        if key in _TELEX_TONES and _VOWEL.search(typed):
            tone = _TELEX_TONES[key]
        else:
            typed = _with_shape(typed, key)
    return _syllable(typed, tone, word)


def vni(word: str) -> str | None:
    """The same of VNI. A key for a mark stands once: the digits of “toan12” are a number."""
    typed, tone = "", ""
    for key in word:
        if key in _VNI_TONES and not tone and _VOWEL.search(typed):
            tone = _VNI_TONES[key]
        elif key in _VNI_SHAPES:
            shaped = _shaped(typed, _VNI_SHAPES[key])
            if shaped == typed:
                return None
            typed = shaped
        else:
            typed += key
    return _syllable(typed, tone, word)


def _meant(word: Token) -> str | None:
    """The word as it is where it may be one; what its keys mean; None where neither."""
    text = word.text.lower()
    if text.isdigit():
        return text
    if not text.isascii():
        return text if is_syllable(text) else None
    if is_bare_syllable(text):
        return text
    if meant := telex(text) or vni(text):
        return meant
    if (code := _CODE.fullmatch(text)) and is_bare_syllable(code[1]):
        return f"{code[1]} {code[2]}"
    return None if text.isalpha() else text  # k10 and H2SO4 are what they are


def _syllable(typed: str, tone: str, word: str) -> str | None:
    if typed == word:
        return None
    # One key for both letters of ươ: “duongwf”, “duwongf” and “d9uong72” are đường.
    parts = composed(_UO.sub("ươ", typed), tone)
    return spelt(parts) if parts else None


def _with_shape(typed: str, key: str) -> str:
    if key == "w":
        shaped = _shaped(typed, _HORN_OR_BREVE)
        return shaped if shaped != typed else f"{typed}ư"
    if key == "d" and typed.startswith("d"):
        return f"đ{typed[1:]}"
    if key in _CIRCUMFLEX and key in typed:
        return _shaped(typed, {key: _CIRCUMFLEX[key]})
    return typed + key


def _shaped(typed: str, shapes: dict[str, str]) -> str:
    """The last letter that can bear the mark gets it."""
    for at in range(len(typed) - 1, -1, -1):
        if typed[at] in shapes:
            return typed[:at] + shapes[typed[at]] + typed[at + 1 :]
    return typed
