"""The titles and names of one generation, to propose what was meant from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

from django.db.models import Exists, OuterRef, Q

from search.embedded.matching import holding
from search.embedded.models import DocumentLabel, Label
from search.embedded.terms import in_title, next_to
from search.embedded.typos import Words
from search.proposals import MOST_TEXTS, NOT_NAMED, Options


class Spellings(Words):
    """What the words are taken from, too."""

    def titles(self, options: Sequence[Options]) -> list[str]:
        wanted = [[in_title(word) for word in option] for option in options]
        wanted += [
            [next_to(*pair) for pair in product(one, other)]
            for one, other in pairwise(options)
        ]
        found = holding(wanted, self.generation).order_by("-lift", "-pk")
        return list(found.values_list("document__title", flat=True)[:MOST_TEXTS])

    def names(self, options: Sequence[Options]) -> list[str]:
        carried = DocumentLabel.objects.filter(label=OuterRef("pk"))
        rows = Label.objects.filter(Exists(carried), generation=self.generation)
        rows = rows.exclude(facet__in=NOT_NAMED)
        for option in options:
            one_of = Q()
            for word in option:
                one_of |= Q(folded__contains=f" {word} ")
            rows = rows.filter(one_of)
        return list(rows.order_by("pk").values_list("name", flat=True)[:MOST_TEXTS])
