"""Each reason of the contract has a sentence, in both languages."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import override

from media_pipeline.reasons import MESSAGES, message

CODES = {
    *("empty", "not_a_video", "no_video", "damaged", "too_short", "too_long"),
    *("bad_dimensions", "too_many_streams", "too_large", "bad_subtitle"),
}


def test_every_code_of_the_contract_has_a_sentence() -> None:
    assert set(MESSAGES) == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_sentence_is_translated(code: str) -> None:
    part = polib.pofile(
        str(Path(settings.BASE_DIR) / "locale/vi/LC_MESSAGES/django.po")
    )
    with override("en"):
        entry = part.find(message(code))
    assert entry is not None
    assert entry.msgstr.endswith(".")


def test_an_unknown_code_still_says_something() -> None:
    with override("en"):
        assert message("eaten_by_dog").startswith("This file cannot be used")
