from __future__ import annotations

from search.documents import Label
from search.embedded import generations
from search.embedded.spelling import Spellings
from search.index import Engine
from search.proposals import proposed
from search.text import tokens
from tests.search.clips import clip


def meant(typed: str) -> str | None:
    shelf = generations.reading("public")
    assert shelf is not None
    return proposed(tokens(typed), Spellings(shelf))


def test_fewer_edits_are_better_and_then_what_is_frequent(engine: Engine) -> None:
    for pk, title in enumerate(("Trường học", "Trường hợp", "Trưởng hộp"), 1):
        engine.put(clip(pk, title))
    assert meant("truongg hoc") == "Trường học"
    assert meant("truongg") == "Trường"


def test_codes_are_no_spelling(engine: Engine) -> None:
    engine.put(
        clip(1, "A", licence="shorts", duration_ms=9, series=Label("s", "Shore"))
    )
    assert meant("shortt") is None
    assert meant("shor") == "Shore"
