"""The clip as a page: its address, who sees it, what the editor offers."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Page

from library.clips import drafts
from library.clips.models import CaptionTrack, ClipPage, Series
from library.review.setup import ensure_workflow
from library.units.models import Role, UnitPage
from tests.cast import Cast, member, person
from tests.library.clips import factories


def test_the_address_lasts_when_the_unit_moves(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    address = f"/clip/phuong-trinh-bac-hai-{clip.pk}/"
    assert clip.url == address
    moved = UnitPage.objects.get(pk=cast.school_a.pk)
    moved.move(UnitPage.objects.get(pk=cast.other_district.pk), pos="last-child")
    assert ClipPage.objects.get(pk=clip.pk).url == address


def test_the_trees_address_leads_to_the_own_one(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    answer = clip.serve(RequestFactory().get("/"))
    assert (answer.status_code, answer["Location"]) == (301, clip.url)


@pytest.mark.django_db
def test_a_clip_that_is_not_saved_yet_has_an_address_too() -> None:
    assert ClipPage(title="x", slug="x").public_path() == "clip/"


def test_the_address_stays_when_a_published_title_changes(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    drafts.save_details(clip, cast.lan, {"title": "Tên khác hẳn"})
    factories.approve(ClipPage.objects.get(pk=clip.pk))
    drafts.latest(clip).get_latest_revision().publish()
    row = ClipPage.objects.get(pk=clip.pk)
    assert (row.title, row.slug) == ("Tên khác hẳn", "phuong-trinh-bac-hai")


def test_a_preview_is_rendered_and_not_redirected(cast: Cast, client: Client) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    client.force_login(cast.an)
    page = client.get(reverse("wagtailadmin_pages:view_draft", args=[clip.pk]))
    assert page.status_code == 200
    assert clip.title in page.content.decode()


def test_only_an_upload_makes_clips(cast: Cast, client: Client) -> None:
    assert not ClipPage.can_create_at(cast.school_a)
    client.force_login(cast.an)
    at = reverse("wagtailadmin_pages:add", args=["clips", "clippage", cast.school_a.pk])
    assert client.get(at).status_code in {302, 403}


def test_everybody_sees_what_is_live_and_people_their_units_drafts(cast: Cast) -> None:
    live = factories.live(cast.school_b, cast.hoa)
    draft = factories.draft(cast.school_a, cast.lan)
    for user in (cast.hoa, cast.tu, cast.bao, cast.nam):
        assert list(ClipPage.objects.visible_to(user)) == [live]
    for user in (cast.lan, cast.minh, cast.an):
        assert set(ClipPage.objects.visible_to(user)) == {live, draft}
    assert list(ClipPage.objects.changeable_by(cast.lan)) == [draft]
    assert list(ClipPage.objects.changeable_by(cast.minh)) == []


def test_the_editor_offers_series_of_the_own_unit_only(
    cast: Cast, client: Client
) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    own, other = (
        Series.objects.create(unit=unit, title="Ôn thi", slug="on-thi")
        for unit in (cast.school_a, cast.school_b)
    )
    client.force_login(cast.an)
    at = reverse("wagtailadmin_pages:edit", args=[clip.pk])
    form = client.get(at).context["form"]
    assert list(form.fields["series"].queryset) == [own]
    assert other not in form.fields["series"].queryset
    assert not {"asset", "slug", "go_live_at"} & form.fields.keys()


def test_a_unit_that_was_changed_elsewhere_still_finds_its_clips(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    assert clip.unit == cast.school_a
    assert Page.objects.get(pk=clip.pk).specific.unit == cast.school_a


def test_captions_typed_in_the_editor_are_written_anew() -> None:
    track = CaptionTrack(
        vtt="WEBVTT\n\n00:01.000 --> 00:02.000\n<script>x</script>Chào"
    )
    track.clean()
    assert track.vtt == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nxChào\n"


def test_captions_that_are_none_are_refused() -> None:
    with pytest.raises(ValidationError):
        CaptionTrack(vtt="<html>").clean()


def test_nobody_takes_a_clip_down_without_a_reason(cast: Cast, client: Client) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    client.force_login(cast.an)
    alone = client.post(reverse("wagtailadmin_pages:unpublish", args=[clip.pk]))
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    for ticked in (clip.pk, clip.get_parent().pk):
        many = client.post(
            f"{bulk}?id={ticked}&next=/admin/", {"include_descendants": "on"}
        )
        assert many.status_code in {200, 302}
    for answer in (alone, many):
        assert list(get_messages(answer.wsgi_request))
    assert alone.status_code == 302
    assert ClipPage.objects.get(pk=clip.pk).live


def test_a_live_clip_that_lacks_something_can_be_locked_and_unlocked(
    cast: Cast, client: Client
) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    ClipPage.objects.filter(pk=clip.pk).update(licence="")
    client.force_login(cast.an)
    for name, is_locked in (("lock", True), ("unlock", False)):
        at = reverse(f"wagtailadmin_pages:{name}", args=[clip.pk])
        assert client.post(at).status_code == 302
        clip.refresh_from_db()
        assert clip.locked is is_locked


def test_the_editor_lets_those_submit_whose_role_is_to_submit(cast: Cast) -> None:
    ensure_workflow()
    clip = factories.ready(cast.school_a, cast.lan)
    admin = person("quan-tri")
    member(admin, cast.school_a, Role.ADMIN)
    may = {
        user.username: clip.permissions_for_user(user).can_submit_for_moderation()
        for user in (cast.lan, cast.an, admin, cast.minh, cast.hoa)
    }
    assert may == {
        "lan": True,
        "an": True,
        "quan-tri": False,
        "minh": False,
        "hoa": False,
    }
    assert clip.permissions_for_user(admin).can_edit()
