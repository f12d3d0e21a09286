from __future__ import annotations

import random
import threading

import pytest
from django.db import connection, transaction

from search.embedded import generations
from search.embedded.engine import EmbeddedEngine
from search.embedded.models import Generation
from search.embedded.shelves import Shelf
from search.index import Engine, ask
from search.queries import Query
from search.questions import Question
from search.results import Hits
from tests.search.clips import clip


class SwappedWhileReading(EmbeddedEngine):
    """Its first search is cut in two by a rebuild that sweeps the generation away."""

    read = 0

    def _find(self, question: Question, shelf: Shelf | None) -> Hits:
        self.read += 1
        if self.read == 1:
            EmbeddedEngine(self.index).rebuild([clip(2, "Toán mới")])
        return super()._find(question, shelf)


class Counting(EmbeddedEngine):
    found = 0

    def find(self, question: Question) -> Hits:
        self.found += 1
        return super().find(question)


def test_a_search_that_a_swap_cut_in_two_is_done_again(engine: Engine) -> None:
    engine.put(clip(1, "Toán cũ"))
    reader = SwappedWhileReading()
    assert [hit.id for hit in ask(reader, Query("toan")).hits] == [2]
    assert reader.read == 2


def test_what_no_typo_changes_is_not_looked_for_again(engine: Engine) -> None:
    engine.put(clip(1, "Trường học"))
    for typed, attempts in (("truong banhmi", 2), ("truongg", 2), ("banhmi", 1)):
        reader = Counting()
        ask(reader, Query(typed))
        assert reader.found == attempts, typed


def test_a_check_leaves_no_row(engine: Engine) -> None:
    engine.check()
    assert not Generation.objects.exists()


def test_a_transaction_that_fails_takes_its_writes_along(engine: Engine) -> None:
    engine.put(clip(1, "Ở lại"))
    with transaction.atomic():
        engine.put(clip(2, "Không còn"))
        engine.remove(1)
        transaction.set_rollback(True)
    assert [hit.id for hit in ask(engine, Query("")).hits] == [1]


def _in_a_thread(work: list[threading.Thread], errors: list[BaseException]) -> None:
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    if errors:
        raise errors[0]


def _writer(number: int, last: dict[int, str], errors: list[BaseException]) -> None:
    engine, rng = EmbeddedEngine(), random.Random(number)
    try:
        for turn in range(30):
            pk = number * 10 + rng.randrange(10)
            if rng.random() < 0.3:
                engine.remove(pk)
                last.pop(pk, None)
            else:
                last[pk] = f"Toán {number} {turn}"
                engine.put(clip(pk, last[pk]))
    except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
        errors.append(error)
    finally:
        connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_written_while_rebuilding_is_lost_by_many_at_once() -> None:
    last: dict[int, str] = {}
    errors: list[BaseException] = []
    engine = EmbeddedEngine()
    work = [
        threading.Thread(target=_writer, args=(number, last, errors))
        for number in range(4)
    ]
    running = threading.Thread(target=_in_a_thread, args=(work, errors))
    running.start()
    while running.is_alive():
        engine.rebuild(clip(pk, title) for pk, title in list(last.items()))
    running.join()
    assert errors == []
    engine.rebuild([clip(pk, title) for pk, title in last.items()])
    hits = ask(engine, Query("toan", limit=100))
    shown = {
        hit.id: "".join(piece for piece, _ in hit.title_highlight) for hit in hits.hits
    }
    assert shown == last
    assert Generation.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_rebuild_waits_for_a_write_that_is_not_committed_yet() -> None:
    engine = EmbeddedEngine()
    engine.put(clip(1, "Cũ"))
    began = threading.Event()

    def rebuild() -> None:
        began.set()
        EmbeddedEngine().rebuild([clip(1, "Cũ")])
        connection.close()

    thread = threading.Thread(target=rebuild)
    with transaction.atomic():
        engine.put(clip(2, "Vừa đăng"))
        thread.start()
        began.wait(5)
        thread.join(0.3)
        assert thread.is_alive()
        assert generations.live("public") is not None
    thread.join(10)
    assert not thread.is_alive()
