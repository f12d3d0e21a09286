"""Choosing clips of the report by state, reason and unit."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from library.encoding.filters import EncodingFilterSet, reason_choices
from library.encoding.report import Reader
from media_pipeline import failures, reasons
from media_pipeline.states import State
from tests.cast import Cast
from tests.library.encoding import factories


@pytest.fixture
def clips(cast: Cast) -> dict[str, Any]:
    return {
        "waits": factories.queued(cast.school_a, cast.lan, "waits"),
        "runs": factories.running(cast.school_a, cast.lan, "runs"),
        "failed": factories.failed(cast.school_b, cast.hoa, "failed"),
        "refused": factories.clip(
            cast.school_c, cast.bao, State.REFUSED, "refused", reason="too_long"
        ),
        "plays": factories.clip(cast.school_a, cast.lan, State.PLAYABLE, "plays"),
    }


def chosen(cast: Cast, **query: Any) -> set[str]:
    request = RequestFactory().get("/")
    request.user = cast.an
    found = EncodingFilterSet(query, Reader(cast.an).clips(), request=request)
    assert found.is_valid(), found.errors
    return {clip.title for clip in found.qs}


@pytest.mark.parametrize(
    ("state", "titles"),
    [
        ("waiting", {"waits"}),
        ("running", {"runs"}),
        ("failed", {"failed"}),
        ("refused", {"refused"}),
        ("playable", {"plays"}),
        ("", {"waits", "runs", "failed", "refused", "plays"}),
    ],
)
def test_by_state(
    cast: Cast, clips: dict[str, Any], state: str, titles: set[str]
) -> None:
    assert chosen(cast, state=state) == titles


def test_by_reason_and_by_unit_with_all_below_it(
    cast: Cast, clips: dict[str, Any]
) -> None:
    assert chosen(cast, reason="too_long") == {"refused"}
    assert chosen(cast, unit=cast.school_b.pk) == {"failed"}
    assert chosen(cast, unit=cast.district.pk) == {"waits", "runs", "failed", "plays"}
    assert chosen(cast, unit=cast.district.pk, state="failed") == {"failed"}


def test_units_without_clips_are_not_offered(cast: Cast, clips: dict[str, Any]) -> None:
    clips["refused"].delete()
    request = RequestFactory().get("/")
    request.user = cast.an
    field = EncodingFilterSet({}, request=request).form.fields["unit"]
    offered = {unit.code: field.label_from_instance(unit) for unit in field.queryset}
    assert set(offered) == {
        *("binh-phuoc", "dong-xoai", "thpt-dong-xoai", "thpt-hung-vuong")
    }
    assert offered["thpt-hung-vuong"] == "–– Đoàn trường THPT Hùng Vương"


def test_each_code_is_offered_with_its_first_sentence() -> None:
    with override("vi"):
        offered = dict(reason_choices())
    assert set(offered) == failures.MESSAGES.keys() | reasons.MESSAGES.keys()
    assert offered["disk_full"] == "Ổ đĩa đã đầy (disk_full)"
