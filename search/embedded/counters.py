"""How many documents of a generation hold each word and carry each label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db import connection

from search.embedded.terms import Terms

_ONE_MORE = """
    INSERT INTO search_word (generation_id, folded, initial, letters, documents)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (generation_id, folded)
    DO UPDATE SET documents = search_word.documents + excluded.documents
"""
_ONE_LESS = """
    UPDATE search_word SET documents = documents - %s
    WHERE generation_id = %s AND folded = %s
"""
_CARRIED = "UPDATE search_label SET documents = documents + %s WHERE id = %s"


def count_words(generation: int, documents: Iterable[Terms]) -> None:
    """These documents came."""
    counted = _words(documents)
    # Always in one order: two writers never wait for each other's rows.
    rows = [
        (generation, word, word[0], len(word), counted[word])
        for word in sorted(counted)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_ONE_MORE, rows)


def discount_words(generation: int, documents: Iterable[Terms]) -> None:
    """These documents go."""
    counted = _words(documents)
    rows = [(counted[word], generation, word) for word in sorted(counted)]
    with connection.cursor() as cursor:
        cursor.executemany(_ONE_LESS, rows)


def count_labels(carried: Mapping[int, Iterable[int]], *, gone: bool = False) -> None:
    """The labels are carried by these documents too, or not any more."""
    each = -1 if gone else 1
    rows = [(each * sum(1 for _ in carried[pk]), pk) for pk in sorted(carried)]
    with connection.cursor() as cursor:
        cursor.executemany(_CARRIED, rows)


def _words(documents: Iterable[Terms]) -> Counter[str]:
    return Counter(term for terms in documents for term in terms if term.isalpha())
