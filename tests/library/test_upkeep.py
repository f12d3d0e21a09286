"""Chores by the clock: each at its time, none stopped by another's failure."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import timezone

from library import journey, upkeep
from library.clips.models import ClipPage
from library.units.models import Role
from library.units.permissions import Right, may
from library.upkeep import Chore, Round
from library.viewing import counting
from media_pipeline.jobs import worker
from media_pipeline.models import Asset
from search import index
from search.queries import Query
from tests.cast import Cast, member
from tests.library.clips import factories

pytestmark = pytest.mark.django_db


def test_each_chore_is_done_when_its_time_has_come() -> None:
    done: list[str] = []
    often = Chore("often", 10, lambda: done.append("often"))
    seldom = Chore("seldom", 100, lambda: done.append("seldom"))
    round_ = Round((often, seldom))
    assert round_.run(1000) == ["often", "seldom"]
    assert round_.run(1005) == []
    assert round_.run(1011) == ["often"]
    assert round_.run(1101) == ["often", "seldom"]
    assert done.count("often") == 3


def test_a_failing_chore_stops_no_other_and_is_tried_again() -> None:
    def fail() -> None:
        raise DatabaseError("away")

    done: list[str] = []
    round_ = Round(
        (Chore("bad", 10, fail), Chore("good", 10, lambda: done.append("x")))
    )
    assert round_.run(1000) == ["good"]
    assert round_.run(1020) == ["good"]


def test_an_upload_that_was_whole_when_the_server_died_goes_on(
    cast: Cast, local_storages: Path
) -> None:
    session = journey.upload_started(cast.lan, cast.school_a, "bai.mp4", 5)
    session.staging_path.write_bytes(b"whole")
    half = journey.upload_started(cast.lan, cast.school_a, "nua.mp4", 5)
    half.staging_path.write_bytes(b"ha")
    assert upkeep.finish_uploads() == 1
    assert [asset.file_name for asset in Asset.objects.all()] == ["bai.mp4"]
    assert upkeep.finish_uploads() == 0


def test_a_file_that_came_too_late_for_its_draft_stops_no_other(
    cast: Cast, local_storages: Path
) -> None:
    late = journey.upload_started(cast.lan, cast.school_a, "muon.mp4", 5)
    good = journey.upload_started(cast.lan, cast.school_a, "bai.mp4", 5)
    for session in (late, good):
        session.staging_path.write_bytes(b"whole")
    ClipPage.objects.filter(pk=late.clip_id).update(live=True)
    upkeep.finish_uploads()
    assert [asset.file_name for asset in Asset.objects.all()] == ["bai.mp4"]
    assert not late.staging_path.exists()


def test_a_role_that_is_over_loses_its_group(cast: Cast) -> None:
    membership = member(cast.hoa, cast.school_a, Role.CONTRIBUTOR)
    membership.valid_until = timezone.localdate() - datetime.timedelta(days=1)
    membership.save()
    assert cast.hoa.groups.count() == 2
    Round().run()
    assert cast.hoa.groups.count() == 1
    assert not may(cast.hoa, Right.ADD_CLIPS, cast.school_a)


def test_what_was_watched_lately_is_told_to_the_search(cast: Cast) -> None:
    watched = factories.live(cast.school_a, cast.lan, title="Bài 1")
    factories.live(cast.school_a, cast.lan, title="Bài 2")
    worker.drain()
    counting.count(watched.pk)
    assert journey.views_told() == 1
    worker.drain()
    hits = index.search(Query(sort="views")).hits
    assert hits[0].id == watched.pk
