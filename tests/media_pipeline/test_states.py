"""The moves of an asset: which there are, that one wins, and that the news gets out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from django.db import transaction

from media_pipeline import states
from media_pipeline.jobs import worker
from media_pipeline.jobs.models import Job
from media_pipeline.models import Asset
from media_pipeline.signals import asset_moved
from media_pipeline.states import State

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("received", "probed"),
    ("received", "refused"),
    ("received", "failed"),
    ("probed", "encoding"),
    ("probed", "refused"),
    ("probed", "failed"),
    ("encoding", "watchable"),
    ("encoding", "playable"),
    ("encoding", "refused"),
    ("encoding", "failed"),
    ("watchable", "playable"),
    ("watchable", "refused"),
    ("watchable", "failed"),
    ("playable", "encoding"),
    ("failed", "received"),
    ("received", "withheld"),
    ("probed", "withheld"),
    ("encoding", "withheld"),
    ("watchable", "withheld"),
    ("playable", "withheld"),
    ("failed", "withheld"),
    ("withheld", "received"),
}


def asset_in(state: str) -> Asset:
    return Asset.objects.create(file_name="bài.mp4", state=state)


@pytest.fixture
def heard() -> Iterator[list[tuple[int, str]]]:
    """What a receiver of the engine's signal was told."""
    told: list[tuple[int, str]] = []

    def receiver(asset: Asset, **kwargs: object) -> None:
        told.append((asset.pk, asset.state))

    asset_moved.connect(receiver)
    yield told
    asset_moved.disconnect(receiver)


@pytest.mark.parametrize(
    ("old", "new"), list(itertools.product(State.values, State.values)), ids=str
)
def test_only_the_moves_of_the_table_can_be_made(old: str, new: str) -> None:
    asset = asset_in(old)
    if (old, new) in ALLOWED:
        assert states.move(asset, State(new))
        assert asset.state == new
    else:
        with pytest.raises(states.ImpossibleMoveError):
            states.move(asset, State(new))
    asset.refresh_from_db()
    assert asset.state == (new if (old, new) in ALLOWED else old)


def test_of_two_who_move_the_same_asset_one_wins() -> None:
    asset = asset_in("received")
    mine, others = (Asset.objects.get(pk=asset.pk) for _ in range(2))
    assert states.move(mine, State.PROBED, duration_ms=5000)
    assert not states.move(others, State.REFUSED, reason="damaged")
    asset.refresh_from_db()
    assert (asset.state, asset.duration_ms, asset.reason) == ("probed", 5000, "")
    assert others.state == "received"


def test_fields_are_written_with_the_move_and_the_time_of_it() -> None:
    asset = asset_in("received")
    before = asset.updated_at
    states.move(asset, State.REFUSED, reason="damaged", detail="half of it")
    fresh = Asset.objects.get(pk=asset.pk)
    assert (fresh.reason, fresh.detail) == ("damaged", "half of it")
    assert fresh.updated_at > before


def test_the_signal_is_sent_after_the_move(heard: list[tuple[int, str]]) -> None:
    asset = asset_in("received")
    states.move(asset, State.PROBED)
    assert heard == []
    worker.drain()
    assert heard == [(asset.pk, "probed")]


def test_a_move_that_is_rolled_back_is_never_told(heard: list[tuple[int, str]]) -> None:
    asset = asset_in("received")
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        states.move(asset, State.PROBED)
        raise RuntimeError
    worker.drain()
    assert heard == []
    assert Asset.objects.get().state == "received"


def test_a_failing_receiver_neither_undoes_the_move_nor_misses_it() -> None:
    tries: list[str] = []

    def flaky(asset: Asset, **kwargs: object) -> None:
        tries.append(asset.state)
        if len(tries) == 1:
            raise RuntimeError("the library is not well")

    asset_moved.connect(flaky)
    try:
        asset = asset_in("received")
        states.move(asset, State.PROBED)
        worker.drain()
        asset.refresh_from_db()
        assert (asset.state, tries) == ("probed", ["probed"])
        Job.objects.update(run_after="2020-01-01T00:00Z")  # the pause is over
        worker.drain()
        assert tries == ["probed", "probed"]
    finally:
        asset_moved.disconnect(flaky)


def test_one_failing_receiver_does_not_keep_the_news_from_another(
    heard: list[tuple[int, str]],
) -> None:
    def broken(**kwargs: object) -> None:
        raise RuntimeError

    asset_moved.connect(broken)
    try:
        asset = asset_in("received")
        states.move(asset, State.PROBED)
        worker.drain()
        assert heard == [(asset.pk, "probed")]
    finally:
        asset_moved.disconnect(broken)


def test_news_of_a_deleted_asset_is_no_news(heard: list[tuple[int, str]]) -> None:
    asset = asset_in("received")
    states.move(asset, State.PROBED)
    asset.delete()
    worker.drain()
    assert heard == []
    assert Job.objects.get().state == "done"
