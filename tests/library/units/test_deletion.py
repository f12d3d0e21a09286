"""What is in use is not deleted, and whoever asks all the same is told so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from library.units.models import UnitKind
from tests.cast import Cast, signed_in


@pytest.fixture
def admin(cast: Cast) -> Client:
    return signed_in(cast.an)


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_kind_in_use_stays_and_the_admin_says_why(
    cast: Cast, admin: Client, *, is_indexed: bool
) -> None:
    """Also where Wagtail's index of references has not heard of the use yet."""
    if is_indexed:
        ReferenceIndex.create_or_update_for_object(cast.school_a)
    else:
        ReferenceIndex.objects.all().delete()
    kind = cast.school_a.kind
    answer = admin.post(reverse("unitkind:delete", args=[kind.pk]), follow=True)
    assert answer.status_code == 200
    assert f"“{kind}” đang được dùng" in answer.content.decode()
    assert UnitKind.objects.filter(pk=kind.pk).exists()


def test_the_question_leads_back_where_nothing_can_be_deleted(
    cast: Cast, admin: Client
) -> None:
    ReferenceIndex.create_or_update_for_object(cast.school_a)
    at = reverse("unitkind:delete", args=[cast.school_a.kind.pk])
    page = admin.get(at).content.decode()
    assert "Quay lại" in page
    assert reverse("unitkind:index") in page


def test_an_unused_kind_goes(cast: Cast, admin: Client) -> None:
    kind = UnitKind.objects.create(code="doan-khoi", name="Đoàn khối")
    admin.post(reverse("unitkind:delete", args=[kind.pk]))
    assert not UnitKind.objects.filter(pk=kind.pk).exists()
