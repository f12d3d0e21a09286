"""What Wagtail's admin does with units: founding, deleting, moving, menus."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.action_menu import PageActionMenu

from library.clips.models import ClipPage
from library.units.models import UnitKind, UnitPage
from tests.cast import Cast, signed_in


@pytest.fixture
def draft(cast: Cast) -> ClipPage:
    clip: ClipPage = cast.school_a.add_child(
        instance=ClipPage(title="Nháp A", slug="nhap-a", live=False, owner=cast.lan)
    )
    return clip


def page_url(name: str, *args: object) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


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


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 300},
        {"code": ""},
        {"code": "Đoàn trường"},
        {"code": "thpt-hung-vuong"},  # of another unit
        {"kind": ""},
        {"kind": "999999999999999999999999999"},
    ],
)
def test_a_new_unit_that_cannot_be_is_explained(
    cast: Cast, wrong: dict[str, str]
) -> None:
    at = page_url("add", "units", "unitpage", cast.district.pk)
    form = {"title": "Trường mới", "code": "truong-moi", "kind": cast.school_a.kind.pk}
    answer = signed_in(cast.an).post(at, {**form, **wrong, "action-publish": "1"})
    assert answer.status_code == 200
    assert "error-message" in answer.content.decode()
    assert not UnitPage.objects.filter(title="Trường mới").exists()


def test_a_unit_is_published_by_default(cast: Cast, rf: RequestFactory) -> None:
    """Its draft would be seen by nobody."""
    request = rf.get("/")
    request.user = cast.an
    for context in (
        {"view": "create", "parent_page": cast.district},
        {"view": "edit", "page": cast.school_a},
    ):
        assert (
            PageActionMenu(request, locked_for_user=False, **context).default_item.name
            == "action-publish"
        )
