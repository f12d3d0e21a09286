"""Which strings are syllables that Vietnamese can have: onset, rhyme and tone."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from search.text import letters

TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_STOPS = ("c", "ch", "p", "t")
_SHARP_AND_HEAVY = {TONES[2], TONES[5]}


def _pieces(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONSETS = _pieces("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")
_RHYMES = _pieces(
    """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt
    âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et
    ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong
    oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut
    uân uâng uât uây uê uêch uênh uơ
    uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """
)
# After “qu” the rhyme begins behind the u that it has elsewhere: quân is qu and ân.
_AFTER_QU = _pieces(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây
    e en eng eo et ê ên êch ênh êt it ôc ơ y ych yên yêt yêu ynh yt
    """
)
_FRONT = "ieêy"


class Syllable(NamedTuple):
    """`rhyme` without its tone; `tone` is a combining mark, "" where level."""

    onset: str
    rhyme: str
    tone: str


def syllable(text: str) -> Syllable | None:
    """The parts of a lower-case syllable; None where no Vietnamese word is made like this."""
    parts = unicodedata.normalize("NFD", text)
    tones = [char for char in parts if char in TONES]
    if len(tones) > 1:
        return None
    toneless = "".join(char for char in parts if char not in TONES)
    return composed(unicodedata.normalize("NFC", toneless), "".join(tones))


def composed(toneless: str, tone: str) -> Syllable | None:
    """The same of a syllable whose tone was taken off."""
    for length in (3, 2, 1, 0):
        onset, rhyme = toneless[:length], toneless[length:]
        if (not onset or onset in _ONSETS) and _fits(onset, rhyme):
            if rhyme.endswith(_STOPS) and tone not in _SHARP_AND_HEAVY:
                return None
            return Syllable(onset, rhyme, tone)
    return None


def is_syllable(text: str) -> bool:
    """With all its marks."""
    return syllable(text) is not None


def is_bare_syllable(folded: str) -> bool:
    """What a real syllable looks like when its marks are left out."""
    return any(
        folded[length:] in _BARE_RHYMES
        for length in range(4)
        if not length or folded[:length] in _BARE_ONSETS
    )


def spelt(parts: Syllable) -> str:
    """The syllable as schoolbooks and the press write it: hòa, thúy, quý, đường, nghiêng."""
    at = _place_of_tone(parts)
    rhyme = parts.rhyme[: at + 1] + parts.tone + parts.rhyme[at + 1 :]
    return unicodedata.normalize("NFC", parts.onset + rhyme)


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "qu":
        return rhyme in _AFTER_QU
    if rhyme not in _RHYMES:
        return False
    front = rhyme[0] in _FRONT
    if onset in {"gh", "ngh", "k"}:
        return front
    if onset in {"c", "ng"}:
        return not front
    if onset == "g":  # gì and gìn, but ghe and ghế
        return not front or rhyme in {"i", "in"}
    if rhyme.startswith("yê"):
        return not onset
    return True


def _place_of_tone(parts: Syllable) -> int:
    """The vowel that bears the tone: a marked one, the last before a coda, else by sound."""
    rhyme = parts.rhyme
    vowels = [at for at, char in enumerate(rhyme) if letters(char) in "aeiouy"]
    shaped = [at for at in vowels if rhyme[at] in "ăâêôơư"]
    if shaped and rhyme != "ưa":
        return 0 if rhyme in {"ưi", "ưu"} else shaped[-1]
    if len(vowels) == 3 or (len(vowels) == 2 and vowels[-1] < len(rhyme) - 1):
        return vowels[1]
    return vowels[0]


_BARE_RHYMES = frozenset(letters(rhyme) for rhyme in (*_RHYMES, *_AFTER_QU))
_BARE_ONSETS = frozenset(letters(onset) for onset in _ONSETS)
