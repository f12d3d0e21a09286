"""Who may give credit says which units made a clip; wrong codes are explained."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.units.models import Role
from tests.cast import Cast, member, person
from tests.factories import playable_clip


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return playable_clip(cast.school_a, cast.lan)


def address(clip: ClipPage) -> str:
    return reverse("contributions_partners", args=[clip.pk])


def named(clip: ClipPage) -> list[str]:
    return list(clip.partners.values_list("unit__code", flat=True))


def test_a_curator_names_units_by_their_codes(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    codes = "thpt-hung-vuong\n thpt-bu-dang,\n"
    page = client.post(address(clip), {"codes": codes}, follow=True)
    assert sorted(named(clip)) == ["thpt-bu-dang", "thpt-hung-vuong"]
    assert "Đoàn trường THPT Bù Đăng" in page.content.decode()
    client.post(address(clip), {"codes": ""})
    assert named(clip) == []


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("khong-co", "Không có đơn vị khong-co."),
        ("thpt-dong-xoai", "không cần ghi lại"),
        ("x" * 3000, "2000"),
    ],
)
def test_what_cannot_be_is_explained(
    cast: Cast, clip: ClipPage, client: Client, codes: str, said: str
) -> None:
    client.force_login(cast.minh)
    page = client.post(address(clip), {"codes": codes}).content.decode()
    assert said in page
    assert named(clip) == []


def test_at_most_twenty_units_share(
    cast: Cast, clip: ClipPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("library.contributions.crews.MOST", 1)
    client.force_login(cast.minh)
    codes = {"codes": "thpt-hung-vuong thpt-bu-dang"}
    assert "Nhiều nhất 1 đơn vị" in client.post(address(clip), codes).content.decode()


@pytest.mark.parametrize("who", ["lan", "tu", "hoa", "nam", "stranger"])
def test_nobody_else_gives_credit(
    cast: Cast, clip: ClipPage, client: Client, who: str
) -> None:
    stranger = person("nga")
    member(stranger, cast.other_district, Role.ADMIN)
    client.force_login(stranger if who == "stranger" else getattr(cast, who))
    answer = client.post(address(clip), {"codes": "thpt-bu-dang"})
    assert answer.status_code in {302, 404}
    assert named(clip) == []


def test_the_editor_leads_there(cast: Cast, clip: ClipPage, client: Client) -> None:
    editor = reverse("wagtailadmin_pages:edit", args=[clip.pk])
    client.force_login(cast.an)
    assert address(clip) in client.get(editor).content.decode()
