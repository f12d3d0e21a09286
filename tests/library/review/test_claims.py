"""A claim keeps two reviewers from one clip, and never keeps a clip from everybody."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone
from wagtail.models import PageLogEntry

from library.clips.models import ClipPage
from library.review import chain, claims, setup
from library.review.errors import RefusedError
from library.review.models import ReviewTaskState
from library.units import members
from library.units.models import Membership, Role
from media_pipeline.jobs import lease
from tests.cast import Cast, member, person
from tests.factories import playable_clip


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def colleague(cast: Cast, name: str = "thu") -> User:
    other = person(name)
    member(other, cast.district, Role.CURATOR)
    return other


def test_the_second_is_told_who_has_it(cast: Cast, clip: ClipPage) -> None:
    thu = colleague(cast)
    claims.take(step(clip), cast.minh)
    with pytest.raises(RefusedError, match="Minh"):
        claims.take(step(clip), thu)
    assert claims.holder_of(step(clip)) == cast.minh


def test_who_has_it_alone_answers(cast: Cast, clip: ClipPage) -> None:
    thu = colleague(cast)
    claims.take(step(clip), cast.minh)
    for who in (thu, cast.an):
        with pytest.raises(RefusedError, match="Minh"):
            chain.approve(step(clip), who)
    assert step(clip).task.specific.get_actions(clip, thu) == []
    chain.approve(step(clip), cast.minh)
    clip.refresh_from_db()
    assert clip.live


def test_unclaimed_anybody_answers_who_may(cast: Cast, clip: ClipPage) -> None:
    chain.approve(step(clip), colleague(cast))
    clip.refresh_from_db()
    assert clip.live


def test_given_back_it_is_anybodys(cast: Cast, clip: ClipPage) -> None:
    thu = colleague(cast)
    claims.take(step(clip), cast.minh)
    assert not claims.give_back(step(clip), thu)
    assert claims.give_back(step(clip), cast.minh)
    assert not claims.give_back(step(clip), cast.minh)
    claims.take(step(clip), thu)


def test_after_its_deadline_it_is_anybodys(
    cast: Cast, clip: ClipPage, settings: Any
) -> None:
    settings.REVIEW_CLAIM_HOURS = 5
    thu = colleague(cast)
    claims.take(step(clip), cast.minh)
    now = timezone.now()
    with time_machine.travel(now + datetime.timedelta(hours=4), tick=False):
        assert claims.holder_of(step(clip)) == cast.minh
    with time_machine.travel(now + datetime.timedelta(hours=6), tick=False):
        assert claims.holder_of(step(clip)) is None
        claims.take(step(clip), thu)


def test_with_the_role_the_claim_ends(cast: Cast, clip: ClipPage) -> None:
    thu = colleague(cast)
    claims.take(step(clip), cast.minh)
    members.revoke(Membership.objects.get(user=cast.minh))
    assert claims.holder_of(step(clip)) is None
    chain.approve(step(clip), thu)
    clip.refresh_from_db()
    assert clip.live


def test_taking_over_names_whom_one_saw(cast: Cast, clip: ClipPage) -> None:
    thu = colleague(cast)
    claims.take(step(clip), cast.minh)
    assert claims.take_over(step(clip), thu, seen=cast.minh.pk) == cast.minh
    assert claims.holder_of(step(clip)) == thu
    with pytest.raises(RefusedError, match="Thu"):  # an old page names Minh
        claims.take_over(step(clip), cast.an, seen=cast.minh.pk)
    assert claims.take_over(step(clip), thu, seen=0) is None


def test_only_who_may_answer_claims(cast: Cast, clip: ClipPage) -> None:
    for who in (cast.lan, cast.tu, cast.hoa, cast.nam):
        with pytest.raises(PermissionDenied):
            claims.take(step(clip), who)
        with pytest.raises(PermissionDenied):
            claims.take_over(step(clip), who, seen=0)


def test_an_answered_step_is_not_claimed(cast: Cast, clip: ClipPage) -> None:
    state = step(clip)
    chain.ask_for_changes(state, cast.minh, "other", "Sửa giúp")
    with pytest.raises(RefusedError):
        claims.take(state, cast.minh)
    chain.submit(clip, cast.lan)
    assert step(clip).claimed_by is None


def test_who_claimed_is_on_record(cast: Cast, clip: ClipPage) -> None:
    claims.take(step(clip), cast.minh)
    claims.give_back(step(clip), cast.minh)
    rows = PageLogEntry.objects.filter(page=clip.pk, action__startswith="review.")
    assert [(row.action, row.user) for row in rows.order_by("timestamp", "pk")] == [
        ("review.claim", cast.minh),
        ("review.give_back", cast.minh),
    ]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_at_once_one_has_it(cast: Cast) -> None:
    setup.ensure_workflow()
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    people = [cast.minh, *(colleague(cast, f"thu-{n}") for n in range(3))]
    start = threading.Barrier(len(people))
    took: list[int] = []

    def claim(who: User) -> None:
        try:
            start.wait(timeout=30)
            lease.patiently(lambda: claims.take(step(clip), who))
            took.append(who.pk)
        except RefusedError:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=claim, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert took == [step(clip).claimed_by_id]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_answers_at_once_one_counts(cast: Cast) -> None:
    setup.ensure_workflow()
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    people = [cast.minh, *(colleague(cast, f"thu-{n}") for n in range(2))]
    start = threading.Barrier(len(people))
    state, said = step(clip), list[int]()

    def answer(who: User) -> None:
        try:
            start.wait(timeout=30)
            lease.patiently(lambda: chain.approve(state, who))
            said.append(who.pk)
        except RefusedError:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(said) == 1
    assert ClipPage.objects.get(pk=clip.pk).live
    approved = ReviewTaskState.objects.filter(status="approved")
    assert [state.finished_by_id for state in approved] == said
