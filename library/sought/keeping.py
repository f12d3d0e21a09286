"""What of a question may be kept: words, short, and nothing by which a person is reached."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from library.sought.models import LONGEST
from search.text import fold, normalise, tokens

MOST_WORDS = 8
SHORTEST = 2

# Years and page numbers stay; telephones, identity cards, codes and birthdays do not.
_REACHES_SOMEBODY = re.compile(
    r"@"
    r"|\d{6,}"
    r"|\d(?:[\s.,()/+\-–]*\d){8,}"
    r"|\b\w+\.(?:com|net|org|edu|info|vn|me|io)\b"
    r"|\b(?:gmail|hotmail|yahoo|outlook|facebook|zalo|https?|www)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """`key` is what spellings have in common, `text` how it was written."""

    key: str
    text: str


def keepable(question: str) -> Words | None:
    """Its words, or nothing: a long text is somebody's own, and so are numbers."""
    seen = unicodedata.normalize("NFKC", question)
    found = tokens(seen)
    key = fold(seen)
    if _REACHES_SOMEBODY.search(seen) or len(found) > MOST_WORDS:
        return None
    text = " ".join(normalise(token.text) for token in found)
    if not SHORTEST <= len(key) <= LONGEST or len(text) > LONGEST:
        return None
    return Words(key, text)
