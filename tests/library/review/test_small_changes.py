"""A typo in a published clip is mended at once; nothing else gets past the review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, Workflow

from library import journey
from library.clips import captions, drafts, gate
from library.clips.models import ClipKind, ClipPage, Grade, Skill, Subject
from library.review import chain, small_changes, withdrawal
from library.review.errors import RefusedError
from library.units.models import Role
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member
from tests.factories import playable_clip, published_clip
from tests.library.review.conftest import waiting
from tests.snapshots import Remembered

TITLE = "Phương trình bậc hai"


def _live() -> ClipPage:
    clip = waiting(TITLE)
    state = chain.waiting_step(clip)
    assert state is not None
    chain.approve(state, User.objects.get(username="minh"))
    return public(clip)


remembered_clip = Remembered(_live)


@pytest.fixture
def live(cast: Cast, workflow: Workflow) -> ClipPage:
    return remembered_clip()


def change(clip: ClipPage, cast: Cast, **details: Any) -> None:
    drafts.save_details(clip, cast.lan, details)


def submit(clip: ClipPage, cast: Cast) -> bool:
    return journey.submitted(ClipPage.objects.get(pk=clip.pk), cast.lan)


def public(clip: ClipPage) -> ClipPage:
    found: ClipPage = ClipPage.objects.get(pk=clip.pk)
    return found


@pytest.mark.parametrize(
    "details",
    [
        {"title": "Phương trình bậc 2"},
        {"title": "phuong trinh bac hai"},  # marks and case are a typo, too
        {"description": "Cách giải và ví dụ."},
        {"speakers": ["Cô Lan", "Thầy Minh"]},
        {"makers": ["Bảo"]},
        {"description": "Khác", "title": "Phương trình bậc hai."},
    ],
)
def test_a_small_change_is_public_at_once(
    cast: Cast, live: ClipPage, details: dict[str, Any]
) -> None:
    change(live, cast, **details)
    assert submit(live, cast)
    clip = public(live)
    assert clip.live
    assert not clip.has_unpublished_changes
    assert not clip.workflow_in_progress
    for name in ("title", "description"):
        assert getattr(clip, name) == details.get(name, getattr(live, name))
    assert gate.is_approved(clip)


def test_captions_are_a_small_change(cast: Cast, live: ClipPage) -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nXin chào\n".encode()
    captions.take(live, cast.lan, "vi", vtt)
    assert submit(live, cast)
    assert public(live).captions.count() == 1


def other_kind() -> ClipKind:
    return ClipKind.objects.get_or_create(code="skill", defaults={"name": "Skill"})[0]


@pytest.mark.parametrize(
    "details",
    [
        lambda: {"licence": "CC-BY-NC-4.0"},
        lambda: {"consent": "on_file"},
        lambda: {"title": "Bài hoàn toàn khác"},
        lambda: {"kind": other_kind()},
        lambda: {"subject": Subject.objects.create(code="van", name="Ngữ văn")},
        lambda: {"grades": [Grade.objects.get_or_create(code="10")[0]]},
        lambda: {"skills": [Skill.objects.create(code="k", name="Kỹ năng")]},
        lambda: {"new_series": "Đại số"},
        lambda: {"poster_choice": 2},
        lambda: {"description": "Nhỏ", "licence": "CC-BY-SA-4.0"},
    ],
)
def test_anything_else_goes_through_review(
    cast: Cast, live: ClipPage, details: Callable[[], dict[str, Any]]
) -> None:
    change(live, cast, **details())
    before = public(live).live_revision_id
    assert not submit(live, cast)
    clip = public(live)
    assert clip.live_revision_id == before
    assert clip.workflow_in_progress


def test_many_small_steps_do_not_lead_far(cast: Cast, live: ClipPage) -> None:
    """Measured against what the reviewers saw, not against the last small change."""
    change(live, cast, title="Phương trình bậc ba")
    assert submit(live, cast)
    change(public(live), cast, title="Lượng trình bậc ba")
    assert not submit(live, cast)
    assert public(live).title == "Phương trình bậc ba"


def test_a_full_yes_is_the_new_measure(cast: Cast, live: ClipPage) -> None:
    change(live, cast, title="Bài hoàn toàn khác")
    submit(live, cast)
    state = chain.waiting_step(public(live))
    assert state is not None
    chain.approve(state, cast.minh)
    change(public(live), cast, title="Bài hoàn toàn khác.")
    assert submit(live, cast)
    assert public(live).title == "Bài hoàn toàn khác."


def test_the_list_is_a_setting(cast: Cast, live: ClipPage, settings: Any) -> None:
    settings.REVIEW_SMALL_CHANGES = frozenset({"captions"})
    change(live, cast, description="Khác")
    assert not submit(live, cast)


def test_a_draft_is_never_published_this_way(cast: Cast, workflow: Workflow) -> None:
    draft = playable_clip(cast.school_a, cast.lan)
    assert not small_changes.publish(draft, cast.lan)
    chain.submit(draft, cast.lan)
    change_in_review = ClipPage.objects.get(pk=draft.pk)
    assert not small_changes.publish(change_in_review, cast.lan)
    assert not public(draft).live


def test_what_was_withdrawn_or_is_in_review_is_not_published_this_way(
    cast: Cast, live: ClipPage
) -> None:
    change(live, cast, description="Khác")
    withdrawal.withdraw(live, cast.minh, "Phụ huynh yêu cầu")
    assert not small_changes.publish(live, cast.lan)
    assert not public(live).live


def test_sent_back_it_stays_a_matter_of_review(cast: Cast, live: ClipPage) -> None:
    change(live, cast, licence="CC-BY-SA-4.0")
    submit(live, cast)
    state = chain.waiting_step(public(live))
    assert state is not None
    chain.ask_for_changes(state, cast.minh, "rights", "Giữ giấy phép cũ")
    change(public(live), cast, licence="CC-BY-4.0", description="Khác")
    assert not small_changes.publish(live, cast.lan)
    assert not submit(live, cast)
    assert public(live).workflow_in_progress


def test_what_says_the_same_is_nobodys_news(cast: Cast, live: ClipPage) -> None:
    assert small_changes.publish(live, cast.lan)
    change(live, cast, description="Khác")
    assert submit(live, cast)
    for _again in range(2):
        change(live, cast, description="Khác")  # as a double post does
        assert submit(live, cast)
    assert not public(live).has_unpublished_changes
    assert not public(live).workflow_in_progress
    entries = PageLogEntry.objects.filter(action="review.small_change")
    assert entries.count() == 1
    assert Job.objects.filter(key__startswith="mail/small/").count() == 1


def test_what_the_gate_holds_back_is_refused_in_words(cast: Cast) -> None:
    short = published_clip(cast.school_a, cast.lan, cast.an, "Ôm")
    draft = drafts.latest(short)
    draft.title = " "
    draft.save_revision(user=cast.lan, clean=False)
    with pytest.raises(RefusedError):
        small_changes.publish(short, cast.lan)
    assert public(short).title == "Ôm"


def test_only_who_may_submit_does_it(cast: Cast, live: ClipPage) -> None:
    change(live, cast, description="Khác")
    member(cast.nam, cast.school_a, Role.ADMIN)  # may change, not submit
    for who in (cast.hoa, cast.minh, cast.nam):
        with pytest.raises(PermissionDenied):
            small_changes.publish(live, who)
    assert public(live).description == ""


def test_it_is_on_record_and_the_reviewers_are_told(cast: Cast, live: ClipPage) -> None:
    change(live, cast, description="Cách giải", speakers=["Cô Lan"])
    submit(live, cast)
    entry = PageLogEntry.objects.get(page=live.pk, action="review.small_change")
    assert entry.user == cast.lan
    assert entry.data["before"]["description"] is None
    assert entry.data["after"]["description"] == "Cách giải"
    assert entry.data["after"]["credits"] == ["Cô Lan"]
    (job,) = Job.objects.filter(key__startswith="mail/small/")
    assert job.spec["user"] == cast.minh.pk
    assert "Lan" in job.spec["body"]
    kinds = [answer.kind for answer in chain.history(live)]
    assert kinds == ["submitted", "approved", "small"]
    standing = chain.standing(public(live))
    assert standing.stand == chain.Stand.PUBLISHED
    assert standing.answer is not None
    assert standing.answer.by == "Minh"  # whoever really said yes


def test_the_contributor_is_told_on_the_page(
    cast: Cast, live: ClipPage, client: Client
) -> None:
    client.force_login(cast.lan)
    form = {
        "title": TITLE,
        "description": "Cách giải",
        "kind": live.kind_id,
        "subject": live.subject_id,
        "licence": live.licence,
        "consent": live.consent,
        "submit": "1",
    }
    address = reverse("uploads:clip", args=[live.pk])
    page = client.post(address, form, follow=True).content.decode()
    assert "Đã đăng ngay vì đây là sửa nhỏ" in page
    assert public(live).description == "Cách giải"
    again = client.post(address, form, follow=True)  # a double post
    assert again.status_code == 200
    assert public(live).description == "Cách giải"
