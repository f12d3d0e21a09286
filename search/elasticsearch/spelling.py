"""What the index knows: words one edit away, and the titles and names to propose from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise, product
from typing import Any, NamedTuple

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search
from elasticsearch.dsl.query import Bool, Term

from search.elasticsearch.asking import Named, answers, carried, several
from search.elasticsearch.client import plainly
from search.elasticsearch.matching import any_of, withheld
from search.forgiving import MOST_NEIGHBOURS, is_one_edit
from search.proposals import MOST_TEXTS, NOT_NAMED, Options, may_be_another

_NEIGHBOURS_LOOKED_AT = 50
# Of one word: how it is spelt in these is how it is spelt.
_MOST_OF_ONE = 15

# The words that may stand in each place.
Row = tuple[frozenset[str], ...]


class Texts(NamedTuple):
    """In which the words of a row stand."""

    names: list[str]
    titles: list[str]


class Spellings:
    """Of one index, as it is now: all words of a question are asked about at once."""

    def __init__(
        self,
        client: Elasticsearch,
        index: str,
        hidden: Collection[int],
        words: Collection[str] = (),
    ) -> None:
        self._client = client
        self._index = index
        self._hidden = hidden
        self._words = words
        self._asked: dict[str, Mapping[str, int]] = {}
        self._read: dict[Row, Texts] = {}

    def knows(self, folded: str) -> bool:
        return self._near(folded).get(folded, 0) > 0

    def neighbours(self, folded: str) -> list[str]:
        often = self._near(folded)
        near = [word for word in often if word != folded and often[word]]
        return sorted(near, key=lambda word: (-often[word], word))[:MOST_NEIGHBOURS]

    def titles(self, options: Sequence[Options]) -> list[str]:
        return self._texts(options).titles

    def names(self, options: Sequence[Options]) -> list[str]:
        return self._texts(options).names

    def _texts(self, options: Sequence[Options]) -> Texts:
        """Of several words also those of each, which are what is asked for next."""
        row = tuple(frozenset(option) for option in options)
        if row not in self._read:
            with plainly():
                self._read |= self._found({row, *((option,) for option in row)})
        return self._read[row]

    def _found(self, rows: Collection[Row]) -> dict[Row, Texts]:
        bodies = [body for row in rows for body in _texts_with(row, self._hidden)]
        answers = several(self._client, self._index, bodies)
        shown = [[hit["_source"]["shown"] for hit in hits] for hits in answers]
        labels = [[_named(one) for one in found] for found in shown[::2]]
        every = list(dict.fromkeys(chain.from_iterable(labels)))
        known = set(carried(self._client, self._index, every, self._hidden))
        return {
            row: Texts(
                [label[2] for label in named if label in known],
                [one["title"] for one in found],
            )
            for row, named, found in zip(rows, labels, shown[1::2], strict=True)
        }

    def _near(self, folded: str) -> Mapping[str, int]:
        """The word and those one edit away, with the number of clips that hold them."""
        if folded not in self._asked:
            with plainly():
                self._asked |= self._looked_up({folded, *self._words}, folded)
        return self._asked[folded]

    def _looked_up(
        self, words: Collection[str], folded: str
    ) -> dict[str, dict[str, int]]:
        """Of all words at once; what is next to them is counted by another request."""
        doubted = [word for word in words if word == folded or may_be_another(word)]
        suggested, counted = self._answers(_suggesting(doubted), self._counting(words))
        near = _one_edit_away(doubted, suggested["suggest"])
        often = _clips_with(counted)
        if others := {other for row in near.values() for other in row} - often.keys():
            often |= _clips_with(*self._answers(self._counting(others)))
        return {
            word: {each: often[each] for each in (word, *near.get(word, ()))}
            for word in words
        }

    def _answers(self, *searches: dict[str, Any]) -> list[dict[str, Any]]:
        return answers(self._client, self._index, searches)

    def _counting(self, words: Collection[str]) -> dict[str, Any]:
        filters = {word: Term(words=word).to_dict() for word in words}
        return {
            "size": 0,
            "query": Bool(must_not=withheld(self._hidden)).to_dict(),
            "aggs": {"clips": {"filters": {"filters": filters}}},
        }


def _suggesting(words: Collection[str]) -> dict[str, Any]:
    """From the node's dictionary, which still has words of clips that are gone."""
    term = {
        "field": "words",
        "suggest_mode": "always",
        "max_edits": 1,
        "prefix_length": 1,
        "min_word_length": 1,
        "max_term_freq": 2**30,
        "size": _NEIGHBOURS_LOOKED_AT,
    }
    return {
        "size": 0,
        "suggest": {word: {"text": word, "term": term} for word in words},
    }


def _one_edit_away(
    words: Collection[str], suggested: Mapping[str, Any]
) -> dict[str, list[str]]:
    return {
        word: [
            option["text"]
            for entry in suggested[word]
            for option in entry["options"]
            if is_one_edit(word, option["text"])
        ]
        for word in words
    }


def _clips_with(counted: Mapping[str, Any]) -> dict[str, int]:
    buckets = counted["aggregations"]["clips"]["buckets"]
    return {word: bucket["doc_count"] for word, bucket in buckets.items()}


def _texts_with(row: Row, hidden: Collection[int]) -> Iterator[dict[str, Any]]:
    """What to ask: for names that hold the words, for titles in which they are neighbours."""
    named = [any_of("label.words", option) for option in row]
    codes = any_of("label.facet", NOT_NAMED)
    held = [any_of("title", option) for option in row]
    held += [
        any_of("title.pairs", [f"{a} {b}" for a, b in product(one, other)])
        for one, other in pairwise(row)
    ]
    yield from (
        search.source(["shown.facet", "shown.code", "shown.name", "shown.title"])
        .extra(size=MOST_TEXTS if len(row) > 1 else _MOST_OF_ONE)
        .extra(track_total_hits=False)
        .to_dict()
        for search in (
            Search().query(Bool(filter=named, must_not=[codes])).sort("label.order"),
            Search()
            .query(Bool(filter=held, must_not=withheld(hidden)))
            .sort("-lift", "-clip"),
        )
    )


def _named(shown: Mapping[str, str]) -> Named:
    return shown["facet"], shown["code"], shown["name"]
