from __future__ import annotations

import dataclasses

import pytest

from search.documents import Record


def test_a_record_is_not_public_unless_it_says_so() -> None:
    assert not Record(id=1, title="Toán").public


def test_a_record_cannot_be_changed() -> None:
    record = Record(id=1, title="Toán")
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.public = True  # type: ignore[misc]
