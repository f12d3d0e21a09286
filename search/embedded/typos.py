"""Words one edit away that the index knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from search.embedded.models import Word
from search.embedded.shelves import Shelf
from search.forgiving import MOST_NEIGHBOURS, is_one_edit

# Of words that are more frequent than this, none is more likely than another.
_OFTEN = 1_000

# An initial and a number of letters.
Alike = tuple[str, int]


class Words:
    """The words of one generation: what is asked about these words is read at once."""

    def __init__(self, shelf: Shelf, words: Collection[str] = ()) -> None:
        self.shelf = shelf
        self._words = words
        self._read: dict[Alike, dict[str, int]] = {}

    def knows(self, folded: str) -> bool:
        """Of codes nothing is kept: they are known."""
        return not folded.isalpha() or folded in self._like(folded)

    def neighbours(self, folded: str) -> list[str]:
        often = {
            word: min(documents, _OFTEN)
            for word, documents in self._like(folded).items()
            if is_one_edit(folded, word)
        }
        return sorted(often, key=lambda word: (-often[word], word))[:MOST_NEIGHBOURS]

    def _like(self, folded: str) -> dict[str, int]:
        """The words that it may be, with the number of documents."""
        if any(alike not in self._read for alike in _alike(folded)):
            words = [word for word in (folded, *self._words) if word.isalpha()]
            self._read |= self._found({one for word in words for one in _alike(word)})
        return {
            word: documents
            for alike in _alike(folded)
            for word, documents in self._read[alike].items()
        }

    def _found(self, alike: Collection[Alike]) -> dict[Alike, dict[str, int]]:
        asked = Q()
        lengths: defaultdict[str, list[int]] = defaultdict(list)
        for initial, letters in alike:
            lengths[initial].append(letters)
        for initial, several in lengths.items():
            asked |= Q(initial=initial, letters__in=several)
        rows = Word.objects.filter(
            asked, generation=self.shelf.generation, documents__gt=0
        )
        found: dict[Alike, dict[str, int]] = {one: {} for one in alike}
        for word, documents in rows.values_list("folded", "documents"):
            found[word[0], len(word)][word] = documents
        return found


def _alike(word: str) -> list[Alike]:
    """The initial, and the lengths, of words one edit away."""
    return [(word[0], len(word) + more) for more in (-1, 0, 1)]
