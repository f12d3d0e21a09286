"""What of a record becomes which words, in columns and in the full-text table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.documents import Record
from search.text import Form, Token, forms, readable
from search.weights import lift

# Folded words as they are; words typed with marks also as "=" + key; words of the title
# also as "^" + folded, which is what completing a title looks for; neighbours in one text
# as "dao=ham": the full-text tables know no positions.
Terms = frozenset[str]


def exact(key: str) -> str:
    """The term of a word in exactly this spelling of its syllable."""
    return f"={key}"


def in_title(folded: str) -> str:
    """The term of a word that stands in the title."""
    return f"^{folded}"


def in_names(folded: str) -> str:
    """The term of a word that stands in what the clip is filed under."""
    return f"_{folded}"


def next_to(first: str, second: str) -> str:
    """The term of two neighbours."""
    return f"{first}={second}"


def in_a_row(words: Sequence[Token]) -> str:
    """The terms, between spaces, of a text in which these words stand in a row."""
    folded = [word.folded for word in words]
    return " ".join([next_to(*pair) for pair in pairwise(folded)] or folded)


def terms_of(record: Record) -> Terms:
    """Everything that can make the record match."""
    title = forms(record.title)
    names = [forms(name) for name in names_of(record)]
    others = (record.description, *(cue.text for cue in record.captions))
    texts = [title, *names, *map(forms, others)]
    words = [word for text in texts for word in text]
    return frozenset(
        [word.folded for word in words]
        + [exact(word.key) for word in words if word.marked]
        + [in_title(word.folded) for word in title]
        + [in_names(word.folded) for name in names for word in name]
        + [next_to(a.folded, b.folded) for text in texts for a, b in pairwise(text)]
    )


def names_of(record: Record) -> tuple[str, ...]:
    """What the clip is filed under, in words.

    Without the root of the unit tree: its name is on every clip and tells none apart.
    """
    labels = [record.series, record.subject, record.kind]
    units = record.units[1:] or record.units
    several = (*record.grades, *record.skills, *units)
    names = [label.name for label in labels if label is not None]
    return (*names, *(label.name for label in several), *record.speakers)


def columns_of(record: Record) -> dict[str, str | int | float]:
    """The values of a `Document`, but for its generation."""
    title, description = forms(record.title), forms(record.description)
    names = [forms(name) for name in names_of(record)]
    published = record.published_at
    return {
        "clip": record.id,
        "title": readable(record.title),
        "description": readable(record.description),
        "title_folded": folded_words([title]),
        "title_keys": key_words([title]),
        "names_folded": folded_words(names),
        "names_keys": key_words(names),
        "description_folded": folded_words([description]),
        "description_keys": key_words([description]),
        "published": int(published.timestamp()) if published else 0,
        "views": max(record.views, 0),
        "lift": lift(record),
    }


def folded_words(values: Iterable[Sequence[Form]]) -> str:
    """ " toan hoc | lop 10 " : every word between spaces, values kept apart."""
    return _between_spaces([[word.folded for word in value] for value in values])


def key_words(values: Iterable[Sequence[Form]]) -> str:
    """The same of keys: " toan_2 hoc_5 "."""
    return _between_spaces([[word.key for word in value] for value in values])


def _between_spaces(values: Iterable[Sequence[str]]) -> str:
    joined = " | ".join(" ".join(value) for value in values if value)
    return f" {joined} " if joined else ""
