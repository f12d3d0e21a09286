"""Of whom waiting steps ask an answer: for many in the queries of one."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.clips.models import ClipPage
from library.review import chain, settling, waits
from library.review.models import ReviewTaskState
from library.units.models import Role, UnitKind
from tests.cast import Cast, member
from tests.factories import playable_clip


def waiting() -> dict[int, waits.Wait]:
    return waits.of(ReviewTaskState.objects.filter(status="in_progress"))


def test_it_names_who_may_answer_and_who_would_be_next(
    cast: Cast, clip: ClipPage
) -> None:
    member(cast.nam, cast.province, Role.CURATOR)
    (wait,) = waiting().values()
    assert wait.clip_id == clip.pk
    assert wait.people == {cast.minh.pk}
    assert [level.people for level in wait.above] == [{cast.nam.pk}]
    assert wait.asks(cast.minh)
    assert wait.asks(cast.an)  # a superuser
    assert not wait.asks(cast.nam)
    assert not wait.asks(cast.lan)


def test_lifted_it_asks_the_levels_above_too(cast: Cast, clip: ClipPage) -> None:
    member(cast.nam, cast.province, Role.CURATOR)
    ReviewTaskState.objects.update(lift=1)
    (wait,) = waiting().values()
    assert wait.people == {cast.minh.pk, cast.nam.pk}
    assert wait.above == ()


def test_nobody_decides_on_an_own_clip_however_lifted(
    cast: Cast, workflow: object
) -> None:
    member(cast.lan, cast.province, Role.CURATOR)
    chain.submit(playable_clip(cast.school_a, cast.lan), cast.lan)
    ReviewTaskState.objects.update(lift=3)
    (wait,) = waiting().values()
    assert wait.people == {cast.minh.pk}
    assert not wait.asks(cast.lan)


def test_many_cost_what_one_costs(cast: Cast, clip: ClipPage) -> None:
    kind = UnitKind.objects.get(code="district")
    settling.set_steps(cast.province, [kind], cast.an)
    with CaptureQueriesContext(connection) as one:
        waiting()
    for number in range(4):
        chain.submit(playable_clip(cast.school_a, cast.lan, f"Bài {number}"), cast.lan)
    with CaptureQueriesContext(connection) as many:
        assert len(waiting()) == 5
    assert len(many) == len(one) == 4
