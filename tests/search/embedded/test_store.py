from __future__ import annotations

from django.db import connection

from search.documents import Label
from search.embedded import store
from search.embedded.models import Cue, Document, Generation, Word
from search.embedded.models import Label as LabelRow
from search.index import Engine
from tests.search.clips import MATHS, PHYSICS, clip, cue


def carried_labels() -> dict[str, int]:
    rows = LabelRow.objects.filter(documents__gt=0, facet="subject")
    return dict(rows.values_list("code", "documents"))


def held_words() -> dict[str, int]:
    rows = Word.objects.filter(documents__gt=0)
    return dict(rows.values_list("folded", "documents"))


def test_a_document_is_removed_with_all_that_hangs_on_it(engine: Engine) -> None:
    generation = Generation.objects.create(index="public").pk
    store.add(generation, [clip(1, "Toán", subject=MATHS, captions=(cue(1, "một"),))])
    store.add(generation, [clip(2, "Lí", subject=PHYSICS)])
    store.forget_clips(generation, [1, 404])
    assert list(Document.objects.values_list("clip", flat=True)) == [2]
    assert not Cue.objects.exists()
    assert carried_labels() == {"vat-li": 1}
    assert set(held_words()) == {"li", "vat"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_terms")
        assert cursor.fetchone() == (1,)


def test_a_clip_marked_gone_stays_known_until_it_is_put_again(engine: Engine) -> None:
    generation = Generation.objects.create(index="public").pk
    store.add(generation, [clip(1, "Toán")])
    store.mark_gone(generation, 1)
    store.mark_gone(generation, 1)
    assert Document.objects.get().gone
    store.replace(generation, clip(1, "Toán mới"))
    assert not Document.objects.get().gone


def test_one_label_under_two_names_in_one_batch_is_one_row(engine: Engine) -> None:
    generation = Generation.objects.create(index="public").pk
    other = Label(MATHS.code, "Toán học")
    store.add(generation, [clip(1, "A", subject=MATHS), clip(2, "B", subject=other)])
    assert LabelRow.objects.get(facet="subject").name == "Toán học"
    assert carried_labels() == {MATHS.code: 2}


def test_a_label_keeps_its_row_when_it_is_renamed(engine: Engine) -> None:
    engine.put(clip(1, "A", subject=MATHS))
    before = LabelRow.objects.get(facet="subject")
    engine.put(clip(2, "B", subject=Label(MATHS.code, "Toán học")))
    after = LabelRow.objects.get(facet="subject")
    assert (after.pk, after.name, after.folded) == (before.pk, "Toán học", " toan hoc ")


def test_times_before_the_beginning_are_the_beginning(engine: Engine) -> None:
    engine.put(clip(1, "A", captions=(cue(-5, "sớm"),)))
    assert Cue.objects.get().start_ms == 0
