"""Trying again and encoding again: who may, what it sets off, and what is on record."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from library import journey
from library.clips.models import ClipPage
from library.encoding import redo
from library.units.models import Role
from media_pipeline.jobs.models import Job
from media_pipeline.states import State
from tests.cast import Cast, member, person
from tests.library.encoding import factories
from tests.library.encoding.factories import asset_of


def on_record(clip: ClipPage) -> list[tuple[str, int | None]]:
    rows = PageLogEntry.objects.filter(page=clip.pk, action__startswith="library.")
    return list(rows.values_list("action", "user_id"))


def waiting_jobs() -> int:
    return Job.objects.filter(kind="package", state=Job.State.QUEUED).count()


def test_a_failed_clip_is_tried_again_once_however_often_it_is_asked(
    cast: Cast,
) -> None:
    clip = factories.failed(cast.school_a, cast.lan)
    assert journey.tried_again(clip, cast.lan)
    assert not journey.tried_again(clip, cast.lan)
    assert (asset_of(clip).state, waiting_jobs()) == (State.RECEIVED, 1)
    assert on_record(clip) == [(redo.RETRY, cast.lan.pk)]


@pytest.mark.parametrize("state", [State.ENCODING, State.REFUSED, State.PLAYABLE])
def test_what_has_not_failed_is_left_alone(cast: Cast, state: State) -> None:
    clip = factories.clip(cast.school_a, cast.lan, state)
    assert not journey.tried_again(clip, cast.an)
    assert (asset_of(clip).state, waiting_jobs(), on_record(clip)) == (state, 0, [])


def test_a_clip_without_a_video_is_left_alone(cast: Cast) -> None:
    clip = factories.failed(cast.school_a, cast.lan)
    ClipPage.objects.update(asset=None)
    assert not journey.tried_again(clip, cast.an)


def test_a_whole_clip_is_encoded_again_and_plays_on(cast: Cast) -> None:
    clip = factories.clip(cast.school_a, cast.lan, State.PLAYABLE)
    assert journey.encoded_anew(clip, cast.an)
    assert not journey.encoded_anew(clip, cast.an)
    asset = asset_of(clip)
    assert (asset.state, asset.is_whole, waiting_jobs()) == (State.ENCODING, True, 1)
    assert on_record(clip) == [(redo.REENCODE, cast.an.pk)]


WHO = {
    "an": {"retry", "reencode"},  # superuser
    "admin of A": {"retry", "reencode"},
    "admin of the district": {"retry", "reencode"},
    "lan": {"retry"},  # contributor of A
    "minh": set[str](),  # curator above A
    "hoa": set[str](),  # contributor of B
    "admin of B": set[str](),
    "nam": set[str](),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may(cast: Cast, who: str) -> None:
    people = {name: getattr(cast, name) for name in ("an", "lan", "minh", "hoa", "nam")}
    for name, unit in (
        ("admin of A", cast.school_a),
        ("admin of B", cast.school_b),
        ("admin of the district", cast.district),
    ):
        people[name] = person(name.replace(" ", "-"))
        member(people[name], unit, Role.ADMIN)
    clips = {
        "retry": factories.failed(cast.school_a, cast.lan),
        "reencode": factories.clip(cast.school_a, cast.lan, State.PLAYABLE),
    }
    may = set()
    for act, clip in clips.items():
        try:
            may |= {act} if getattr(redo, act)(clip, people[who]) else set()
        except PermissionDenied:
            assert on_record(clip) == []
    assert may == WHO[who]


def test_all_that_failed_is_tried_again_but_only_where_one_may(cast: Cast) -> None:
    boss = person("boss")
    member(boss, cast.district, Role.ADMIN)
    mine = [
        factories.failed(cast.school_a, cast.lan),
        factories.failed(cast.school_b, cast.hoa),
    ]
    other = factories.failed(cast.school_c, cast.bao)
    factories.clip(cast.school_a, cast.lan, State.REFUSED, reason="damaged")
    assert redo.failed(boss).count() == 2
    assert journey.all_tried_again(boss) == 2
    assert journey.all_tried_again(boss) == 0
    assert {asset_of(clip).state for clip in mine} == {State.RECEIVED}
    assert asset_of(other).state == State.FAILED
    assert [on_record(clip) for clip in mine] == [[(redo.RETRY, boss.pk)]] * 2


def test_all_can_be_those_of_one_reason(cast: Cast) -> None:
    full = factories.failed(cast.school_a, cast.lan, reason="disk_full")
    tool = factories.failed(cast.school_a, cast.lan, reason="tool")
    assert journey.all_tried_again(cast.an, "disk_full") == 1
    assert asset_of(full).state == State.RECEIVED
    assert asset_of(tool).state == State.FAILED


def test_a_contributor_tries_again_one_by_one_and_never_all(cast: Cast) -> None:
    clip = factories.failed(cast.school_a, cast.lan)
    assert journey.all_tried_again(cast.lan) == 0
    assert asset_of(clip).state == State.FAILED
