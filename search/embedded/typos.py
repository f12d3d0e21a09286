"""Words one edit away that the index knows."""

from __future__ import annotations

from dataclasses import dataclass

from search.embedded.matching import holding
from search.embedded.models import Word
from search.forgiving import MOST_NEIGHBOURS, is_one_edit

# Of words that are more frequent than this, none is more likely than another.
_OFTEN = 1_000


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one generation."""

    generation: int

    def knows(self, folded: str) -> bool:
        return self._documents(folded) > 0

    def neighbours(self, folded: str) -> list[str]:
        nearby = Word.objects.filter(
            generation=self.generation,
            initial=folded[0],
            letters__in=(len(folded) - 1, len(folded), len(folded) + 1),
        ).values_list("folded", flat=True)
        near = [word for word in nearby if is_one_edit(folded, word)]
        often = {word: self._documents(word) for word in near}
        known_now = sorted(
            (word for word in near if often[word]), key=lambda w: (-often[w], w)
        )
        return known_now[:MOST_NEIGHBOURS]

    def _documents(self, folded: str) -> int:
        return holding([[folded]], self.generation)[:_OFTEN].count()
