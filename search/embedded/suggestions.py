"""Completions of what is being typed, in the spelling of the thing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q

from search.completing import KINDS, MOST, Typed, nearness, typed_in
from search.embedded.matching import documents_of
from search.embedded.models import Document, Label
from search.embedded.terms import in_title
from search.embedded.vendors import vendor
from search.highlights import highlight
from search.results import Suggestion

_TITLES_WEIGHED = 60
_LABELS_WEIGHED = 60
_NEWEST_READ = 1_000


def suggestions(prefix: str, limit: int, generation: int) -> tuple[Suggestion, ...]:
    """What things are filed under first, then titles; each text once."""
    typed = typed_in(prefix)
    if typed is None:
        return ()
    folded = frozenset(word.folded for word in typed.whole)
    beginning = typed.beginnings[0] if typed.beginnings else ""
    found: dict[str, Suggestion] = {}
    for kind, code, text in (*_labels(typed, generation), *_titles(typed, generation)):
        spans = highlight(text, folded, beginning)
        found.setdefault(text.casefold(), Suggestion(kind, code, text, spans))
    return tuple(found.values())[: min(max(limit, 0), MOST)]


def _labels(typed: Typed, generation: int) -> Iterator[tuple[str, str, str]]:
    rows = Label.objects.filter(generation=generation, facet__in=KINDS, documents__gt=0)
    for word in typed.whole:
        rows = rows.filter(folded__contains=f" {word.folded} ")
    rows = rows.filter(_any_contains([f" {piece}" for piece in typed.beginnings]))
    candidates = sorted(
        rows[:_LABELS_WEIGHED],
        key=lambda row: (
            -nearness(row.name, row.folded, typed),
            KINDS.index(row.facet),
            len(row.name),
            row.name,
        ),
    )
    for row in candidates:
        yield row.facet, row.code, row.name


def _titles(typed: Typed, generation: int) -> Iterator[tuple[str, str, str]]:
    """The latest are weighed, not all: one letter begins half of the titles."""
    rows = _in_the_newest(typed, generation)
    if len(rows) < _TITLES_WEIGHED:
        rows = _in_all(typed, generation)
    candidates = sorted(
        rows,
        key=lambda row: (
            -nearness(row.title, row.title_folded, typed),
            -row.lift,
            -row.pk,
        ),
    )
    for row in candidates:
        yield "clip", str(row.clip), row.title


def _in_the_newest(typed: Typed, generation: int) -> list[Document]:
    """Enough where the words are frequent, and then far quicker than the full text."""
    newest = documents_of(generation).order_by("-pk").values("pk")[:_NEWEST_READ]
    rows = Document.objects.filter(pk__in=newest)
    for word in typed.whole:
        rows = rows.filter(title_folded__contains=f" {word.folded} ")
    pieces = Q()
    for beginning in typed.beginnings:
        pieces |= Q(title_folded__contains=f" {beginning}")
    return list(rows.filter(pieces).order_by("-pk")[:_TITLES_WEIGHED])


def _in_all(typed: Typed, generation: int) -> list[Document]:
    wanted = [[in_title(word.folded)] for word in typed.whole]
    if typed.beginnings:
        wanted.append([in_title(beginning) for beginning in typed.beginnings])
    ids = vendor().matching(wanted, last_is_prefix=bool(typed.beginnings))
    rows = documents_of(generation).filter(pk__in=ids).order_by("-pk")
    return list(rows[:_TITLES_WEIGHED])


def _any_contains(pieces: Sequence[str]) -> Q:
    condition = Q()
    for piece in pieces:
        condition |= Q(folded__contains=piece)
    return condition
