"""What a query that found nothing may have been meant to say, as the catalogue spells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from django.db.models import Exists, OuterRef, Q

from search.embedded.models import Document, DocumentLabel, Label
from search.embedded.terms import in_title, next_to
from search.embedded.typos import neighbours
from search.embedded.vendors import vendor
from search.text import Token, normalise, tokens

# Of shorter words too many are alike.
_FROM_LETTERS = 4
_MOST_TEXTS = 60
_MOST_WORDS = 8
# Their names are codes.
_NOT_NAMED = ("licence", "captions", "length")

# What a word may have been, with the number of edits.
Options = Mapping[str, int]


def did_you_mean(words: Sequence[Token], generation: int) -> str | None:
    """A part of a title or a name that reads nearly like this, else word by word.

    Only titles and names are looked at, of what is in the index now: they are spelt
    with care, and nothing that was withdrawn is ever proposed.
    """
    if not 1 <= len(words) <= _MOST_WORDS:
        return None
    options = [_options(word, generation) for word in words]
    return _as_a_whole(options, generation) or _word_by_word(options, generation)


def _options(word: Token, generation: int) -> Options:
    near: list[str] = []
    if len(word.folded) >= _FROM_LETTERS and word.folded.isalpha():
        near = neighbours(word.folded, generation)
    return {word.folded: 0, **dict.fromkeys(near, 1)}


def _as_a_whole(options: Sequence[Options], generation: int) -> str | None:
    """Where the words stand in a row, with the fewest edits; the most frequent of equals."""
    found: Counter[tuple[int, str]] = Counter()
    spelling: dict[str, str] = {}
    for text in (*_names(options, generation), *_titles(options, generation)):
        for piece, edits in _pieces(text, options):
            alike = normalise(piece)
            found[edits, alike] += 1
            spelling.setdefault(alike, piece)
    if not found:
        return None
    return spelling[min(found, key=lambda one: (one[0], -found[one], one[1]))[1]]


def _word_by_word(options: Sequence[Options], generation: int) -> str | None:
    chosen = [_as_a_whole([one], generation) for one in options]
    if None in chosen:
        return None
    return normalise(" ".join(word for word in chosen if word))


def _pieces(text: str, options: Sequence[Options]) -> Iterator[tuple[str, int]]:
    words = tokens(text)
    for start in range(len(words) - len(options) + 1):
        row = words[start : start + len(options)]
        edits = [
            option.get(word.folded) for word, option in zip(row, options, strict=True)
        ]
        if None not in edits:
            yield text[row[0].start : row[-1].end], sum(one or 0 for one in edits)


def _titles(options: Sequence[Options], generation: int) -> list[str]:
    wanted = [[in_title(word) for word in option] for option in options]
    wanted += [
        [next_to(*pair) for pair in product(one, other)]
        for one, other in pairwise(options)
    ]
    found = Document.objects.filter(
        generation=generation, pk__in=vendor().matching(wanted)
    )
    titles = found.order_by("-lift", "-pk").values_list("title", flat=True)
    return list(titles[:_MOST_TEXTS])


def _names(options: Sequence[Options], generation: int) -> list[str]:
    carried = DocumentLabel.objects.filter(label=OuterRef("pk"))
    rows = Label.objects.filter(Exists(carried), generation=generation)
    rows = rows.exclude(facet__in=_NOT_NAMED)
    for option in options:
        one_of = Q()
        for word in option:
            one_of |= Q(folded__contains=f" {word} ")
        rows = rows.filter(one_of)
    return list(rows.order_by("pk").values_list("name", flat=True)[:_MOST_TEXTS])
