"""The reasons are codes that statistics and exports can rely on."""

from __future__ import annotations

import pytest

from library.review.models import ReviewTaskState
from library.review.reasons import Reason


def test_the_codes_stay() -> None:
    assert Reason.values == [
        "quality",
        "rights",
        "details",
        "content",
        "duplicate",
        "image",
        "other",
    ]


def test_every_code_fits_its_column() -> None:
    longest = ReviewTaskState._meta.get_field("reason").max_length
    assert max(map(len, Reason.values)) <= longest


@pytest.mark.django_db
def test_wagtails_history_reads_the_reason_before_the_words() -> None:
    state = ReviewTaskState(reason=Reason.OTHER, comment="Sửa giúp")
    assert state.get_comment() == f"[{Reason.OTHER.label}] Sửa giúp"
    assert ReviewTaskState(comment="Hay").get_comment() == "Hay"
