"""One guard before all of Wagtail's admin: pages one may not know are not found."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from tests.cast import Cast, signed_in


@pytest.fixture
def draft(cast: Cast) -> ClipPage:
    clip: ClipPage = cast.school_b.add_child(
        instance=ClipPage(title="Nháp B", slug="nhap-b", live=False, owner=cast.hoa)
    )
    clip.save_revision(user=cast.hoa)
    return clip


@pytest.mark.parametrize("name", ["edit", "history", "usage", "copy", "view_draft"])
def test_a_foreign_draft_is_as_little_there_as_no_page_at_all(
    cast: Cast, draft: ClipPage, name: str
) -> None:
    client = signed_in(cast.lan)
    for pk in (draft.pk, 999_999):
        path = reverse(f"wagtailadmin_pages:{name}", args=[pk])
        assert client.get(path).status_code == 404


def test_a_page_sent_along_is_guarded_like_one_in_the_address(
    cast: Cast, draft: ClipPage
) -> None:
    path = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert signed_in(cast.lan).get(f"{path}?id={draft.pk}").status_code == 404
    assert signed_in(cast.hoa).get(f"{path}?id={draft.pk}").status_code == 200


def test_units_are_public_and_may_be_named(cast: Cast) -> None:
    path = reverse("wagtailadmin_choose_page_child", args=[cast.school_b.pk])
    assert signed_in(cast.lan).get(path).status_code == 200


def test_a_guest_is_sent_to_sign_in(
    cast: Cast, draft: ClipPage, client: Client
) -> None:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


def test_the_admins_api_acts_on_no_page_for_nobody(cast: Cast, draft: ClipPage) -> None:
    path = reverse("wagtailadmin_api:pages:action", args=[draft.pk, "delete"])
    assert signed_in(cast.an).post(path).status_code == 404
    assert ClipPage.objects.filter(pk=draft.pk).exists()
