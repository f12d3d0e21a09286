"""The one normalisation of Vietnamese text, for documents and for queries, on every engine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# A word is letters and digits with whatever marks are typed onto them: in decomposed
# text, and in text copied from web pages, one letter is up to four characters.
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}{ZERO_WIDTH}]+[^\W_]*)*")
_DROPPED = {ord(char): None for char in ZERO_WIDTH}
# ð and Ð are what some keyboards and old fonts leave where đ and Đ were meant.
_LOOK_ALIKES = {ord("ð"): "đ", ord("Ð"): "Đ"}
_TONES = {"\u0300": 1, "\u0301": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
# One spelling where y is the whole rhyme: schoolbooks write lí, kĩ, mĩ, the press lý, kỹ, mỹ.
_Y_ALONE = re.compile(r"^([hklmstbnv])y$")
_LONGEST_WORD = 60


class Token(NamedTuple):
    """One word of a text; `text[start:end]` of the text as it was given is the word.

    `folded` has no marks and one spelling of i and y. `key` is the syllable apart from
    how it is spelt: hoà = hòa, lý = lí, qui = quy, but toán ≠ toàn. `marked` says
    whether the writer typed any mark (đ counts).
    """

    start: int
    end: int
    text: str
    folded: str
    key: str
    marked: bool


class Form(Protocol):
    """Of a word what is indexed; where it stands does not matter."""

    @property
    def folded(self) -> str: ...

    @property
    def key(self) -> str: ...

    @property
    def marked(self) -> bool: ...


def normalise(text: str) -> str:
    """Composed, đ for its look-alikes, nothing invisible, lower case; spelling untouched."""
    visible = unicodedata.normalize("NFC", text).translate(_DROPPED)
    return visible.translate(_LOOK_ALIKES).casefold()


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, with their places in the text as it was given."""
    return tuple([_moved(word, at) for at, words in _pieces(text) for word in words])


def forms(text: str) -> list[Form]:
    """The same without their places, which take most of the time."""
    found: list[Form] = []
    for piece in text.split(" "):
        found += _words_in(piece) if len(piece) <= _LONGEST_WORD else _cut(piece)
    return found


def occurrences(
    text: str, folded: Collection[str], beginning: str = ""
) -> tuple[Token, ...]:
    """The same, only of words that are sought or begin so: most of a text is neither."""
    if not folded and not beginning:
        return ()
    found: list[Token] = []
    for at, words in _pieces(text):
        for word in words:
            is_begun = beginning and word.folded.startswith(beginning)
            if is_begun or word.folded in folded:
                found.append(_moved(word, at))
    return tuple(found)


def fold(text: str) -> str:
    """The words without marks, one space between them: "Kĩ năng" and "KỸ NĂNG" are "ki nang"."""
    return " ".join(token.folded for token in tokens(text))


def key(text: str) -> str:
    """The canonical syllables, one space between them: "hoà" and "hòa" are "hoa_1"."""
    return " ".join(token.key for token in tokens(text))


def letters(text: str) -> str:
    """Marks dropped and nothing joined: what the beginning of a longer word looks like."""
    decomposed = unicodedata.normalize("NFKD", normalise(text)).replace("đ", "d")
    bare = unicodedata.normalize("NFC", _letters_and_digits(decomposed))
    return bare[:_LONGEST_WORD]


def readable(text: str) -> str:
    """The same text for people: composed, and without what no database can hold."""
    # What no database can hold is not printable; most texts are, and are left alone.
    if not text.isprintable():
        text = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return unicodedata.normalize("NFC", text)


def _pieces(text: str) -> Iterator[tuple[int, tuple[Token, ...]]]:
    """What stands between two spaces: where it begins, and its words."""
    at = 0
    for piece in text.split(" "):
        yield at, _words_in(piece) if len(piece) <= _LONGEST_WORD else _cut(piece)
        at += len(piece) + 1


# Vietnamese has some seven thousand syllables, so nearly every piece was cut before.
@lru_cache(maxsize=50_000)
def _words_in(piece: str) -> tuple[Token, ...]:
    return _cut(piece)


def _cut(text: str) -> tuple[Token, ...]:
    found = []
    for match in _WORD.finditer(text):
        folded, canonical, marked = _form(match[0])
        if folded:
            found.append(Token(*match.span(), match[0], folded, canonical, marked))
    return tuple(found)


def _moved(word: Token, by: int) -> Token:
    return Token(word.start + by, word.end + by, *word[2:])


@lru_cache(maxsize=50_000)
def _form(word: str) -> tuple[str, str, bool]:
    """Folded, key, and whether it has marks."""
    # NFKC makes H₂SO₄ and full-width letters the characters that people type.
    spelt = unicodedata.normalize("NFKC", normalise(word))[:_LONGEST_WORD]
    plain = letters(spelt)
    marked = plain != _letters_and_digits(spelt)
    return _joined(plain), _key(spelt), marked


def _key(spelt: str) -> str:
    parts = unicodedata.normalize("NFD", spelt)
    tones = [_TONES[char] for char in parts if char in _TONES]
    if len(tones) != 1:
        return _joined(_letters_and_digits(spelt))
    toneless = "".join(char for char in parts if char not in _TONES)
    syllable = _letters_and_digits(unicodedata.normalize("NFC", toneless))
    # No word contains "_", so cò ("co_1") is never mistaken for a word like "co1".
    return f"{_joined(syllable)}_{tones[0]}"


def _letters_and_digits(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _joined(syllable: str) -> str:
    if syllable == "qui":
        return "quy"
    return _Y_ALONE.sub(r"\1i", syllable)
