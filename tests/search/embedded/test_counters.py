from __future__ import annotations

from search.embedded import counters
from search.embedded.models import Generation, Label, Word


def words(generation: int) -> dict[str, int]:
    rows = Word.objects.filter(generation=generation)
    return dict(rows.values_list("folded", "documents"))


def test_words_are_counted_by_document_and_codes_are_not(db: None) -> None:
    one = Generation.objects.create(index="public").pk
    other = Generation.objects.create(index="public").pk
    first = frozenset({"toan", "vui", "=toan_2", "^toan", "toan=vui", "12", "h2o"})
    counters.count_words(one, [first, frozenset({"toan"})])
    counters.count_words(one, [frozenset({"toan"})])
    counters.count_words(other, [frozenset({"toan"})])
    assert words(one) == {"toan": 3, "vui": 1}
    counters.discount_words(one, [first])
    assert words(one) == {"toan": 2, "vui": 0}
    assert words(other) == {"toan": 1}


def test_labels_are_counted_up_and_down(db: None) -> None:
    generation = Generation.objects.create(index="public").pk
    label = Label.objects.create(
        generation_id=generation, facet="subject", code="a", name="A", folded=" a "
    )
    counters.count_labels({label.pk: [7, 8, 9]})
    counters.count_labels({label.pk: [8]}, gone=True)
    label.refresh_from_db()
    assert label.documents == 2
