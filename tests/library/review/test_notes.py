"""Reviewers write to each other; nothing of it ever reaches the clip's own people."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain, notes
from library.review.models import Note
from library.units.models import Role
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member
from tests.factories import playable_clip
from tests.library.units import walk
from tests.library.units.test_isolation import Visitor, questions, text_of
from tests.library.units.walk import Scene

pytestmark = pytest.mark.django_db
WORDS = "Zqxnote gặp cô Lan hỏi lại"


def address(clip: ClipPage) -> str:
    return reverse("review:note", args=[clip.pk])


def test_a_reviewer_writes_and_the_next_one_reads(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    assert client.post(address(clip), {"words": f" {WORDS} "}).status_code == 302
    member(cast.nam, cast.province, Role.CURATOR)
    client.force_login(cast.nam)
    page = client.get(reverse("review:clip", args=[clip.pk])).content.decode()
    assert WORDS in page
    assert "Minh" in page
    assert Note.objects.get().words == WORDS


def test_an_empty_note_is_not_kept(cast: Cast, clip: ClipPage, client: Client) -> None:
    client.force_login(cast.minh)
    client.post(address(clip), {"words": "  "})
    client.post(address(clip), {"words": "x" * 2001})
    assert not Note.objects.exists()


@pytest.mark.parametrize("who", ["lan", "hoa", "tu", "bao", "nam"])
def test_nobody_else_writes_one(
    cast: Cast, clip: ClipPage, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert client.post(address(clip), {"words": WORDS}).status_code == 404
    assert not Note.objects.exists()


def test_a_curator_does_not_read_of_an_own_clip(
    cast: Cast, workflow: object, client: Client
) -> None:
    clip = playable_clip(cast.school_b, cast.tu)
    chain.submit(clip, cast.tu)
    notes.write(clip, cast.minh, WORDS)
    client.force_login(cast.tu)
    page = client.get(reverse("review:clip", args=[clip.pk]))
    assert page.status_code == 200
    assert WORDS not in page.content.decode()
    assert list(notes.of(clip, cast.tu)) == []
    assert client.post(address(clip), {"words": "Tôi"}).status_code == 404


def test_who_once_submitted_it_does_not_read_either(cast: Cast, clip: ClipPage) -> None:
    member(cast.bao, cast.school_a, Role.CONTRIBUTOR)
    member(cast.bao, cast.district, Role.CURATOR)
    assert notes.may_read(clip, cast.bao)
    state = chain.waiting_step(clip)
    assert state is not None
    chain.ask_for_changes(state, cast.minh, "other", "Sửa giúp")
    clip.current_workflow_state.cancel(user=cast.lan)
    chain.submit(clip, cast.bao)
    assert not notes.may_read(clip, cast.bao)
    assert not notes.may_read(clip, cast.lan)
    assert notes.may_read(clip, cast.minh)


def test_no_mail_tells_a_note(cast: Cast, clip: ClipPage) -> None:
    notes.write(clip, cast.minh, WORDS)
    state = chain.waiting_step(clip)
    assert state is not None
    chain.ask_for_changes(state, cast.minh, "other", "Sửa giúp")
    chain.submit(clip, cast.lan)
    state = chain.waiting_step(clip)
    assert state is not None
    chain.approve(state, cast.minh)
    jobs = [str(job.spec) for job in Job.objects.all()]
    assert len(jobs) >= 4
    assert not [spec for spec in jobs if "Zqxnote" in spec]


@pytest.fixture
def scene(db: None) -> Scene:
    """School B's draft in review and its live clip, each with a note."""
    built = walk.build()
    for clip in (built.draft, built.changed):
        Note.objects.create(clip=clip, user=built.cast.tu, words=WORDS)
    return built


@pytest.mark.parametrize("who", ["hoa", "lan", None])
def test_no_address_tells_a_note_to_contributors_and_guests(
    scene: Scene, who: str | None
) -> None:
    visitor = Visitor(getattr(scene.cast, who) if who else None)
    told = []
    for place in questions(scene):
        with transaction.atomic():
            if "zqxnote" in text_of(visitor.send("GET", place.path, {})):
                told.append(place.path)
            transaction.set_rollback(True)
    assert told == []


def test_the_same_walk_does_find_it_for_a_reviewer(scene: Scene) -> None:
    """Else the answer above would be empty for want of questions."""
    visitor = Visitor(scene.cast.tu)
    page = visitor.send("GET", reverse("review:clip", args=[scene.draft.pk]), {})
    assert "zqxnote" in text_of(page)
