"""Wagtail's bulk actions on pages: known ones alone, and never all of the database."""

from __future__ import annotations

import pytest
from django.urls import reverse

from library.clips.models import ClipPage
from library.units.models import Role, UnitPage
from tests.cast import Cast, member, signed_in


@pytest.fixture
def draft(cast: Cast) -> ClipPage:
    clip: ClipPage = cast.school_a.add_child(
        instance=ClipPage(title="Nháp A", slug="nhap-a", live=False, owner=cast.lan)
    )
    return clip


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


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_a_foreign_draft_is_not_even_listed_as_forbidden(
    cast: Cast, draft: ClipPage, action: str
) -> None:
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for query in (f"id={draft.pk}", f"id=all&childOf={cast.school_a.pk}"):
        page = signed_in(cast.hoa).get(f"{path}?{query}").content.decode()
        assert "Nháp A" not in page
        assert "Nháp A" in signed_in(cast.lan).get(f"{path}?{query}").content.decode()


def test_no_page_is_moved_below_a_page_that_one_may_not_know(
    cast: Cast, draft: ClipPage
) -> None:
    path = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    foreign = cast.school_b.add_child(
        instance=ClipPage(title="Nháp B", slug="nhap-b", live=False, owner=cast.hoa)
    )
    answer = signed_in(cast.lan).post(f"{path}?id={draft.pk}", {"chooser": foreign.pk})
    assert answer.status_code == 404
