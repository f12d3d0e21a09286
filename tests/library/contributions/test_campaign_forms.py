"""The form of a campaign refuses, in words, what would make its targets unclear."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from library.contributions.models import Campaign
from library.units.models import UnitKind
from tests.cast import Cast

DAYS = {"name": "Đợt mới", "starts_on": "2024-01-01", "ends_on": "2024-12-31"}
Send = Callable[..., str]


@pytest.fixture
def send(cast: Cast, client: Client) -> Send:
    """The page that answers a form with the targets, after whatever it did."""
    client.force_login(cast.an)

    def post(*targets: dict[str, object], **changes: str) -> str:
        rows = {
            f"targets-{number}-{name}": str(value)
            for number, target in enumerate(targets)
            for name, value in target.items()
        }
        counts = {
            "targets-TOTAL_FORMS": str(len(targets)),
            "targets-INITIAL_FORMS": "0",
            "targets-MIN_NUM_FORMS": "0",
            "targets-MAX_NUM_FORMS": "1000",
        }
        form = {**DAYS, **counts, **rows, **changes}
        answer = client.post(reverse("campaigns:add"), form, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    return post


def test_a_campaign_with_targets_is_kept(cast: Cast, send: Send) -> None:
    school, kind = cast.school_a, cast.school_a.kind
    send({"unit": school.pk, "clips": 3}, {"unit_kind": kind.pk, "clips": 2})
    assert Campaign.objects.get().targets.count() == 2


def test_one_target_is_not_set_twice(cast: Cast, send: Send) -> None:
    twice = {"unit": cast.school_a.pk, "clips": 3}
    assert "Chỉ tiêu này đã có ở một dòng khác" in send(twice, {**twice, "clips": 5})
    assert not Campaign.objects.exists()
    send(twice, {**twice, "clips": 5, "DELETE": "on"})
    assert Campaign.objects.get().targets.get().clips == 3


def test_a_kind_that_holds_no_targets_gets_none(cast: Cast, send: Send) -> None:
    kind = cast.school_a.kind
    UnitKind.objects.filter(pk=kind.pk).update(holds_targets=False)
    for target in ({"unit_kind": kind.pk}, {"unit": cast.school_a.pk}):
        assert "không được giao chỉ tiêu" in send({**target, "clips": 2})
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    "target",
    [
        {"clips": 2},  # for nobody
        {"unit": "school", "unit_kind": "kind", "clips": 2},
        {"unit": "school", "clips": ""},
        {"unit": "school", "clips": 0},
        {"unit": "school", "clips": -4},
        {"unit": "school", "clips": "9" * 30},
        {"unit": "school", "clips": "nhiều"},
        {"unit": 999999, "clips": 2},
        {"unit_kind": "9" * 30, "clips": 2},
    ],
)
def test_a_target_that_cannot_be_is_explained(
    cast: Cast, send: Send, target: dict[str, object]
) -> None:
    known = {"school": cast.school_a.pk, "kind": cast.school_a.kind.pk}
    asked = {name: known.get(str(value), value) for name, value in target.items()}
    assert "error-message" in send(asked)
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 500},
        {"starts_on": ""},
        {"ends_on": "2023-12-31"},
        {"starts_on": "31/02/2024"},
        {"ends_on": "99999-01-01"},
    ],
)
def test_a_wrong_answer_is_explained(send: Send, changes: dict[str, str]) -> None:
    assert "error-message" in send(**changes)
    assert not Campaign.objects.exists()
