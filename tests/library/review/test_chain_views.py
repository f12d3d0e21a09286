"""The admin's pages of the steps: for a top unit's admins, for everything below it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain, steps
from library.review.models import ReviewChain
from library.units.models import Role, UnitKind
from tests.cast import Cast, member, person


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    loan = person("loan")
    member(loan, cast.province, Role.ADMIN)
    member(loan, cast.province, Role.CURATOR)
    client.force_login(loan)
    return client


def address(code: str) -> str:
    return reverse("review:chain", args=[code])


def test_steps_are_set_shown_and_removed(
    cast: Cast, clip: ClipPage, admin: Client
) -> None:
    index = reverse("review:chains")
    assert "Chưa đặt" in admin.get(index).content.decode()
    to_unit = admin.get(index, {"unit": cast.district.code})
    assert to_unit.headers["Location"] == address(cast.district.code)
    province = UnitKind.objects.get(code="province")
    done = admin.post(
        address(cast.district.code), {"step_2": province.pk}, follow=True
    ).content.decode()
    assert "1 clip đang chờ duyệt đã được chuyển" in done
    assert cast.district.title in done
    assert steps.kinds_for(clip.path) == (province.pk,)
    assert chain.standing(clip).waits_for == cast.province.title
    admin.post(address(cast.district.code), {"remove": "1"})
    assert not ReviewChain.objects.exists()
    assert chain.standing(clip).waits_for == cast.district.title


def test_a_wrong_form_changes_nothing(cast: Cast, admin: Client) -> None:
    district = UnitKind.objects.get(code="district").pk
    twice = {"step_1": district, "step_2": district}
    response = admin.post(address(cast.district.code), twice)
    assert response.status_code == 422
    assert "chỉ chọn một lần" in response.content.decode()
    assert not ReviewChain.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.CURATOR, Role.CONTRIBUTOR])
def test_nobody_below_the_top_finds_them(
    cast: Cast, client: Client, role: Role
) -> None:
    thu = person("thu")
    member(thu, cast.district, role)
    client.force_login(thu)
    assert client.get(reverse("review:chains")).status_code == 404
    for unit in (cast.district, cast.school_a, cast.province):
        assert client.get(address(unit.code)).status_code == 404
        assert client.post(address(unit.code), {"remove": "1"}).status_code == 404


def test_the_menu_names_them_to_whom_they_concern(cast: Cast, admin: Client) -> None:
    home = reverse("wagtailadmin_home")
    assert reverse("review:chains") in admin.get(home).content.decode()
    admin.force_login(cast.minh)
    assert reverse("review:chains") not in admin.get(home).content.decode()
