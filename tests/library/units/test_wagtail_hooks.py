"""What Wagtail's admin does with units: protected pages, guarded bulk actions, menus."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.units.models import Role, UnitKind, UnitPage
from tests.cast import Cast, member


@pytest.fixture
def draft(cast: Cast) -> ClipPage:
    clip: ClipPage = cast.school_a.add_child(
        instance=ClipPage(title="Nháp A", slug="nhap-a", live=False, owner=cast.lan)
    )
    return clip


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_url(name: str, *args: object) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", ["edit", "delete", "move", "copy", "unpublish"])
def test_rights_over_clips_are_none_over_the_unit_itself(
    cast: Cast, role: Role, act: str
) -> None:
    member(cast.nam, cast.school_a, role)
    answer = signed_in(cast.nam).get(page_url(act, cast.school_a.pk))
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("act", ["lock", "unlock", "set_page_position"])
def test_nobody_but_superusers_locks_or_reorders_units(cast: Cast, act: str) -> None:
    member(cast.nam, cast.school_a, Role.ADMIN)
    signed_in(cast.nam).post(page_url(act, cast.school_a.pk))
    unit = UnitPage.objects.get(pk=cast.school_a.pk)
    assert (unit.locked, unit.path) == (False, cast.school_a.path)


def test_nobody_but_superusers_adds_a_unit(cast: Cast) -> None:
    path = page_url("add", "units", "unitpage", cast.school_a.pk)
    assert signed_in(cast.lan).get(path).status_code == 302
    assert signed_in(cast.an).get(path).status_code == 200


def test_a_superuser_founds_a_unit_in_the_admin_and_its_history_begins(
    cast: Cast,
) -> None:
    kind = UnitKind.objects.get(code="school")
    path = page_url("add", "units", "unitpage", cast.district.pk)
    body = {
        "title": "Đoàn trường THPT Nguyễn Du",
        "code": "thpt-nguyen-du",
        "kind": kind.pk,
        "action-publish": "1",
    }
    for prefix in ("comments",):
        body |= {f"{prefix}-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")}
    answer = signed_in(cast.an).post(path, body)
    assert answer.status_code == 302
    unit = UnitPage.objects.get(code="thpt-nguyen-du")
    assert (unit.live, unit.slug) == (True, "thpt-nguyen-du")
    assert unit.names.get().name == "Đoàn trường THPT Nguyễn Du"
    assert unit.parents.get().parent == cast.district


def test_a_unit_is_never_copied_not_even_by_a_superuser(cast: Cast) -> None:
    before = UnitPage.objects.count()
    body = {
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": cast.district.pk,
        "copy_subpages": "on",
    }
    answer = signed_in(cast.an).post(page_url("copy", cast.school_a.pk), body)
    assert answer.status_code == 302
    assert UnitPage.objects.count() == before


def test_a_unit_with_people_or_pages_is_not_deleted(cast: Cast) -> None:
    for unit in (cast.district, cast.school_a, cast.school_c):
        answer = signed_in(cast.an).post(page_url("delete", unit.pk), follow=True)
        assert "không xóa được" in answer.content.decode() or (
            "cannot be deleted" in answer.content.decode()
        )
        assert UnitPage.objects.filter(pk=unit.pk).exists()


def test_a_unit_that_nobody_ever_used_may_be_deleted(cast: Cast) -> None:
    unit = cast.district.add_child(
        instance=UnitPage(title="Nhầm", code="nham", kind=cast.school_a.kind)
    )
    signed_in(cast.an).post(page_url("delete", unit.pk))
    assert not UnitPage.objects.filter(pk=unit.pk).exists()


def test_the_question_before_a_move_is_asked_only_of_who_may_move(
    cast: Cast, draft: ClipPage
) -> None:
    own = page_url("move_confirm", draft.pk, cast.school_b.pk)
    answer = signed_in(cast.lan).get(own)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_all_is_all_of_one_listing_and_never_of_the_database(
    cast: Cast, draft: ClipPage
) -> None:
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client = signed_in(cast.lan)
    client.post(f"{path}?id=all")
    assert ClipPage.objects.filter(pk=draft.pk).exists()
    client.post(f"{path}?id=all&childOf={cast.school_a.pk}")
    assert not ClipPage.objects.filter(pk=draft.pk).exists()


def test_bulk_actions_leave_units_alone(cast: Cast) -> None:
    member(cast.nam, cast.district, Role.ADMIN)
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    signed_in(cast.nam).post(f"{path}?id={cast.school_a.pk}&id={cast.school_b.pk}")
    assert UnitPage.objects.filter(code__startswith="thpt-").count() == 3


def test_reports_over_all_units_are_not_offered_to_a_units_people(cast: Cast) -> None:
    report = reverse("wagtailadmin_reports:page_types_usage")
    for user, status in ((cast.lan, 404), (cast.an, 200)):
        client = signed_in(user)
        assert client.get(report).status_code == status
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (report in home) is (status == 200)


def test_contributors_have_no_rights_on_images_and_documents(cast: Cast) -> None:
    client = signed_in(cast.lan)
    for name in ("wagtailimages:add", "wagtaildocs:add", "wagtailimages:index"):
        assert client.get(reverse(name)).status_code == 302


def test_unit_kinds_are_edited_by_superusers(cast: Cast) -> None:
    body = {"code": "doan-khoi", "name": "Đoàn khối", "short_name": "Khối", "rank": "2"}
    signed_in(cast.minh).post(reverse("unitkind:add"), body)
    assert not UnitKind.objects.filter(code="doan-khoi").exists()
    signed_in(cast.an).post(reverse("unitkind:add"), body)
    assert UnitKind.objects.get(code="doan-khoi").rank == 2
