"""The titles and names of one generation, to propose what was meant from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

from django.db.models import Q

from search.embedded.candidates import BEST_KNOWN
from search.embedded.models import Document, Label
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
        found = self.shelf.holding(wanted)
        best = self.shelf.first_of(found, BEST_KNOWN, MOST_TEXTS)
        titles = dict(Document.objects.filter(pk__in=best).values_list("pk", "title"))
        return [titles[pk] for pk in best if pk in titles]

    def names(self, options: Sequence[Options]) -> list[str]:
        rows = Label.objects.filter(generation=self.shelf.generation, documents__gt=0)
        rows = rows.exclude(facet__in=NOT_NAMED)
        for option in options:
            one_of = Q()
            for word in option:
                one_of |= Q(folded__contains=f" {word} ")
            rows = rows.filter(one_of)
        return list(rows.order_by("pk").values_list("name", flat=True)[:MOST_TEXTS])
