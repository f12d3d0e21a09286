"""What a live clip needs, and that no way of publishing gets past it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from library.clips import drafts, gate
from library.clips.models import ClipPage, Consent, Skill
from media_pipeline.models import Asset, Package
from media_pipeline.states import State
from tests.cast import Cast
from tests.library.clips import factories

# What is taken away from a ready clip, and the obstacle that stands there then.
LACKS: dict[str, dict[str, Any]] = {
    "kind": {"kind": None},
    "topic": {"subject": None},
    "licence": {"licence": ""},
    "consent": {"consent": ""},
    "consent_missing": {"consent": Consent.MISSING},
}
CODES = [*LACKS, "video", "playable", "whole", "approved"]
FOR_REVIEW = [*LACKS, "video", "playable"]


def lacking(cast: Cast, code: str) -> ClipPage:
    """A clip of which the review has said yes, but one thing is not there."""
    fields = LACKS.get(code, {})
    clip = factories.ready(
        cast.school_a, cast.lan, playable=code != "playable", **fields
    )
    if code == "whole":
        Package.objects.update(is_whole=False)
    if code == "video":
        ClipPage.objects.filter(pk=clip.pk).update(asset=None)
    if code != "approved":
        factories.approve(clip)
    return ClipPage.objects.get(pk=clip.pk)


def test_nothing_is_in_the_way_of_a_ready_clip(cast: Cast) -> None:
    assert gate.obstacles(factories.ready(cast.school_a, cast.lan)) == ()


@pytest.mark.parametrize("code", FOR_REVIEW)
def test_each_thing_that_lacks_is_named(cast: Cast, code: str) -> None:
    clip = lacking(cast, code)
    for seen in (clip, drafts.latest(clip)):
        assert [one.code for one in gate.obstacles(seen)] == [code]


def test_a_skill_does_instead_of_a_subject(cast: Cast) -> None:
    skill = Skill.objects.create(code="so-cuu", name="Sơ cứu")
    clip = factories.ready(cast.school_a, cast.lan, subject=None, skills=[skill])
    assert gate.obstacles(clip) == ()


def test_an_unknown_licence_is_no_licence(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan, licence="ARR")
    assert [one.code for one in gate.obstacles(clip)] == ["licence"]


def test_the_approved_revision_goes_live(cast: Cast) -> None:
    assert factories.live(cast.school_a, cast.lan).live


def test_the_first_rung_is_enough_for_review_and_not_to_go_live(cast: Cast) -> None:
    clip = lacking(cast, "whole")
    assert gate.obstacles(clip) == ()
    assert gate.approval_obstacles(clip) == (gate.NOT_WHOLE,)


def test_while_another_file_comes_the_clip_has_no_video(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    day = timezone.now() + datetime.timedelta(days=1)
    session = clip.uploads.create(
        owner=cast.lan, file_name="b.mp4", size=10, expires_at=day
    )
    assert gate.obstacles(clip) == (gate.NO_VIDEO,)
    session.finished_at = timezone.now()
    session.save()
    assert gate.obstacles(clip) == ()


def test_an_encoding_that_failed_comes_in_no_moment(cast: Cast) -> None:
    clip = lacking(cast, "whole")
    Asset.objects.update(state=State.FAILED)
    [told] = gate.approval_obstacles(ClipPage.objects.get(pk=clip.pk))
    assert told.code == "whole"
    assert str(told.sentence) != str(gate.NOT_WHOLE.sentence)


def test_a_withdrawn_revision_needs_a_new_yes(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    clip.unpublish()
    revision = ClipPage.objects.get(pk=clip.pk).get_latest_revision()
    assert revision is not None
    with pytest.raises(ValidationError):
        revision.publish()
    factories.approve(ClipPage.objects.get(pk=clip.pk))
    revision.publish()
    assert ClipPage.objects.get(pk=clip.pk).live


def test_a_review_in_which_nobody_said_yes_is_no_approval(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    review = factories.approve(clip)
    review.task_states.update(status=TaskState.STATUS_SKIPPED)
    revision = clip.get_latest_revision()
    assert revision is not None
    with pytest.raises(ValidationError):
        revision.publish()


def test_an_approval_holds_for_no_later_revision(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    draft = drafts.save_details(clip, cast.lan, {"title": "Chưa ai duyệt"})
    revision = draft.get_latest_revision()
    assert revision is not None
    with pytest.raises(ValidationError, match=r"duyệt|review"):
        revision.publish()
    assert ClipPage.objects.get(pk=clip.pk).title == "Phương trình bậc hai"


def test_a_clips_own_approval_counts_not_another_clips(cast: Cast) -> None:
    factories.live(cast.school_a, cast.lan)
    other = factories.ready(cast.school_b, cast.hoa)
    revision = other.get_latest_revision()
    assert revision is not None
    with pytest.raises(ValidationError):
        revision.publish()


# --- each obstacle × each way of publishing -------------------------------------------

Way = Callable[[ClipPage, Client], None]


def by_the_editors_button(clip: ClipPage, admin: Client) -> None:
    at = reverse("wagtailadmin_pages:edit", args=[clip.pk])
    form = admin.get(at).context["form"]
    data = {"action-publish": "1", **posted(form)}
    assert admin.post(at, data).status_code in {200, 302}


def by_bulk_publish(clip: ClipPage, admin: Client) -> None:
    at = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(
        f"{at}?id={clip.pk}&next=/admin/", {"include_descendants": "on"}
    )
    assert answer.status_code in {200, 302}


def by_bulk_publish_of_the_unit(clip: ClipPage, admin: Client) -> None:
    at = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    unit = clip.get_parent().pk
    answer = admin.post(f"{at}?id={unit}&next=/admin/", {"include_descendants": "on"})
    assert answer.status_code in {200, 302}


def by_the_schedule(clip: ClipPage, admin: Client) -> None:
    revision = clip.get_latest_revision()
    assert revision is not None
    revision.approved_go_live_at = timezone.now() - datetime.timedelta(hours=1)
    revision.save()
    call_command("publish_scheduled")


def by_the_admin_api(clip: ClipPage, admin: Client) -> None:
    at = reverse("wagtailadmin_api:pages:action", args=[clip.pk, "publish"])
    assert admin.post(at).status_code in {400, 403, 404}


def by_copying_it_published(clip: ClipPage, admin: Client) -> None:
    at = reverse("wagtailadmin_pages:copy", args=[clip.pk])
    parent = clip.get_parent().pk
    data = {
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": parent,
        "publish_copies": "on",
    }
    assert admin.post(at, data).status_code == 302
    assert ClipPage.objects.count() == 1


def by_code(clip: ClipPage, admin: Client) -> None:
    revision = clip.get_latest_revision()
    assert revision is not None
    with pytest.raises((ValidationError, PermissionDenied)):
        revision.publish(user=None, skip_permission_checks=True)


def by_saving_it_live(clip: ClipPage, admin: Client) -> None:
    clip.live = True
    with pytest.raises(ValidationError):
        clip.save()


WAYS: list[Way] = [
    by_the_editors_button,
    by_bulk_publish,
    by_bulk_publish_of_the_unit,
    by_the_schedule,
    by_the_admin_api,
    by_copying_it_published,
    by_code,
    by_saving_it_live,
]


def posted(form: Any) -> dict[str, Any]:
    """What a browser would send back of a form it was given."""
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is not None and value != []:
            data[bound.html_name] = value
    for formset in form.formsets.values():
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
    return data


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    client.force_login(cast.an)
    return client


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("code", CODES)
def test_no_way_of_publishing_gets_past(
    cast: Cast, admin: Client, code: str, way: Way
) -> None:
    clip = lacking(cast, code)
    way(clip, admin)
    assert not ClipPage.objects.live().exists()


def words(answer: Any) -> str:
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


def test_the_editor_has_no_publish_button_for_a_clip(cast: Cast, admin: Client) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    page = admin.get(reverse("wagtailadmin_pages:edit", args=[clip.pk]))
    assert 'name="action-publish"' not in page.content.decode()


def test_the_editor_says_what_is_missing(cast: Cast, admin: Client) -> None:
    clip = lacking(cast, "licence")
    page = admin.get(reverse("wagtailadmin_pages:edit", args=[clip.pk]))
    assert str(gate.NO_LICENCE.sentence) in page.content.decode()


def test_a_publish_that_comes_all_the_same_is_answered_in_words(
    cast: Cast, admin: Client
) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    at = reverse("wagtailadmin_pages:edit", args=[clip.pk])
    data = {**posted(admin.get(at).context["form"]), "title": "Đã sửa"}
    answer = admin.post(at, {**data, "action-publish": "1"})
    assert str(gate.NOT_APPROVED.sentence) in words(answer)
    assert drafts.latest(clip).title == "Đã sửa"


@pytest.mark.parametrize("ticked", ["the clip", "its unit"])
def test_bulk_publish_says_that_clips_are_left_out(
    cast: Cast, admin: Client, ticked: str
) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    page = clip if ticked == "the clip" else clip.get_parent()
    at = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(
        f"{at}?id={page.pk}&next=/admin/", {"include_descendants": "on"}
    )
    assert str(gate.NOT_APPROVED.sentence) in words(answer)


def test_nobody_copies_a_clip(cast: Cast, admin: Client) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    answer = admin.get(reverse("wagtailadmin_pages:copy", args=[clip.pk]))
    assert answer.status_code == 302
    assert words(answer)


def test_a_clip_that_is_not_ready_gets_no_date(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    clip.go_live_at = timezone.now() + datetime.timedelta(days=1)
    with pytest.raises(ValidationError):
        clip.save()
