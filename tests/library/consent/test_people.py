"""Who is seen and who agreed: what is complete, what is on record, what the gate asks."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import PageLogEntry

from library.clips import gate
from library.clips.models import ClipPage
from library.consent import people
from library.consent.models import PersonSeen
from library.review import chain, setup
from library.review.errors import RefusedError
from tests.cast import Cast
from tests.factories import playable_clip, published_clip

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 2)


def told(**change: Any) -> dict[str, Any]:
    return {
        "who": "Em Mai, lớp 7A",
        "age": "from_7",
        "guardian_agreed_on": DAY,
        "guardian_how": "Giấy đã ký",
        "child_agreed_on": DAY,
        "child_how": "Giấy đã ký",
        **change,
    }


@pytest.fixture
def clip(cast: Cast, local_storages: Path) -> ClipPage:
    return playable_clip(cast.school_a, cast.lan, consent="on_file")


@pytest.mark.parametrize(
    ("change", "complete"),
    [
        ({}, True),
        ({"child_agreed_on": None}, False),
        ({"guardian_agreed_on": None}, False),
        ({"age": "under_7", "child_agreed_on": None}, True),
        ({"age": "under_7", "guardian_agreed_on": None}, False),
    ],
)
def test_from_seven_on_both_agree_and_below_the_guardian(
    cast: Cast, clip: ClipPage, change: dict[str, Any], complete: bool
) -> None:
    person = people.write(PersonSeen(clip=clip), cast.lan, told(**change))
    assert person.is_complete is complete
    assert clip.has_complete_consent is complete
    assert (gate.CONSENT_INCOMPLETE in gate.obstacles(clip)) is not complete


def test_each_of_them_has_to_be_complete(cast: Cast, clip: ClipPage) -> None:
    assert gate.CONSENT_INCOMPLETE in gate.obstacles(clip)
    people.write(PersonSeen(clip=clip), cast.lan, told())
    other = people.write(
        PersonSeen(clip=clip), cast.lan, told(who="Em Bình", child_agreed_on=None)
    )
    assert gate.CONSENT_INCOMPLETE in gate.obstacles(clip)
    people.remove(other, cast.lan)
    assert not gate.obstacles(clip)


def test_where_nobody_can_be_recognised_nothing_is_asked(
    cast: Cast, local_storages: Path
) -> None:
    assert not gate.obstacles(playable_clip(cast.school_a, cast.lan))


def test_no_reviewer_can_say_yes_to_what_is_incomplete(
    cast: Cast, clip: ClipPage
) -> None:
    setup.ensure_workflow()
    person = people.write(PersonSeen(clip=clip), cast.lan, told())
    chain.submit(clip, cast.lan)
    people.write(person, cast.lan, told(child_agreed_on=None))
    with pytest.raises(RefusedError):
        chain.approve_at_every_step(clip, cast.an)
    people.write(person, cast.lan, told())
    chain.approve_at_every_step(clip, cast.an)
    assert ClipPage.objects.get(pk=clip.pk).live


def test_the_log_has_days_and_no_names(cast: Cast, clip: ClipPage) -> None:
    person = people.write(PersonSeen(clip=clip), cast.lan, told(child_agreed_on=None))
    people.write(person, cast.minh, told())
    people.remove(person, cast.minh)
    entries = PageLogEntry.objects.filter(action__startswith="consent.")
    said = {entry.action: (entry.user, entry.data) for entry in entries}
    assert set(said) == {people.ADD, people.CHANGE, people.REMOVE}
    who, data = said[people.CHANGE]
    assert who == cast.minh
    assert data["before"] == {"guardian": "2026-11-02", "child": ""}
    assert data["after"] == {"guardian": "2026-11-02", "child": "2026-11-02"}
    assert "Mai" not in str(said)


@pytest.mark.parametrize("who", ["hoa", "tu", "bao", "nam"])
def test_nobody_else_writes_here(cast: Cast, clip: ClipPage, who: str) -> None:
    person = people.write(PersonSeen(clip=clip), cast.lan, told())
    with pytest.raises(PermissionDenied):
        people.write(person, getattr(cast, who), told(who="x"))
    with pytest.raises(PermissionDenied):
        people.remove(person, getattr(cast, who))
    assert PersonSeen.objects.get().who == "Em Mai, lớp 7A"


def test_of_a_public_clip_each_record_stays_complete(
    cast: Cast, local_storages: Path
) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    person = people.write(PersonSeen(clip=clip), cast.lan, told())
    with pytest.raises(people.WouldBeIncompleteError):
        people.write(person, cast.lan, told(guardian_agreed_on=None))
    with pytest.raises(people.WouldBeIncompleteError):
        people.remove(person, cast.lan)
    assert PersonSeen.objects.get().is_complete


def test_an_imports_answer_is_a_superusers_word(cast: Cast, clip: ClipPage) -> None:
    people.state_at_import(clip, cast.an)
    people.state_at_import(clip, cast.an)
    (row,) = people.of(clip)
    assert (row.source, row.stated_by) == ("import", cast.an)
    assert clip.has_complete_consent
    other = playable_clip(cast.school_a, cast.lan)
    people.state_at_import(other, cast.an)
    assert not people.of(other)


def test_the_list_and_the_row_agree_on_what_is_complete(
    cast: Cast, clip: ClipPage
) -> None:
    for source in PersonSeen.Source.values:
        for age in PersonSeen.Age.values:
            for guardian in (None, DAY):
                for child in (None, DAY):
                    PersonSeen.objects.create(
                        clip=clip,
                        source=source,
                        age=age,
                        guardian_agreed_on=guardian,
                        child_agreed_on=child,
                    )
    listed = set(PersonSeen.objects.incomplete())
    assert listed == {one for one in PersonSeen.objects.all() if not one.is_complete}
