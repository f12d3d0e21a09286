"""The admin pages of memberships: each unit's admin sees and manages its subtree."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from library.units import member_log, members, views
from library.units.models import Membership, Role, UnitPage
from tests.cast import Cast, member, person, signed_in

INDEX, ADD = "unit_members:index", "unit_members:add"


@pytest.fixture
def head(cast: Cast) -> User:
    """Leads the district of schools A and B."""
    user = person("ha")
    member(user, cast.district, Role.ADMIN)
    return user


def answers(unit: UnitPage, who: str = "nam", **changes: object) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "person": who,
        "unit": unit.pk,
        "role": Role.CURATOR.value,
        "valid_from": today.isoformat(),
    } | changes


def test_an_admin_lists_the_people_of_the_subtree_alone(cast: Cast, head: User) -> None:
    page = signed_in(head).get(reverse(INDEX)).content.decode()
    assert "lan" in page
    assert ">hoa<" in page
    assert ">bao<" not in page


def test_a_long_list_has_pages(cast: Cast, head: User) -> None:
    for number in range(views.PER_PAGE):
        member(person(f"nguoi-{number}"), cast.school_a, Role.CONTRIBUTOR)
    first = signed_in(head).get(reverse(INDEX)).content.decode()
    assert "?p=2" in first
    second = signed_in(head).get(reverse(INDEX) + "?p=2").content.decode()
    assert ">tu<" in second


@pytest.mark.parametrize("name", ["lan", "minh", "nam"])
def test_who_manages_nobody_gets_no_page_and_no_menu(cast: Cast, name: str) -> None:
    client = signed_in(getattr(cast, name))
    for path in (reverse(INDEX), reverse(ADD)):
        assert client.get(path).status_code == 302
    assert reverse(INDEX) not in client.get("/admin/").content.decode()


def test_an_admin_gives_a_role_in_the_subtree(cast: Cast, head: User) -> None:
    body = answers(cast.school_a, "NAM@example.org")
    assert signed_in(head).post(reverse(ADD), body).status_code == 302
    assert cast.nam.memberships.get().unit == cast.school_a
    assert cast.nam.groups.count() == 1


@pytest.mark.parametrize("place", ["school_c", "province", "other_district"])
def test_an_admin_gives_no_role_elsewhere(cast: Cast, head: User, place: str) -> None:
    signed_in(head).post(reverse(ADD), answers(getattr(cast, place)))
    assert not cast.nam.memberships.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"who": "khong-ai"},
        {"who": "ha"},
        {"role": "superuser"},
        {"valid_until": "2020-01-01"},
        {"valid_from": "hôm nay"},
        {"person": "x" * 400},
        {"role": ""},
    ],
)
def test_a_wrong_answer_is_explained_and_gives_nothing(
    cast: Cast, head: User, changes: dict[str, str]
) -> None:
    before = Membership.objects.count()
    answer = signed_in(head).post(reverse(ADD), answers(cast.school_a, **changes))
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert Membership.objects.count() == before


@pytest.mark.parametrize("unit", ["", "x", "999999"])
def test_a_unit_that_is_none_is_explained(cast: Cast, head: User, unit: str) -> None:
    answer = signed_in(head).post(
        reverse(ADD), {**answers(cast.school_a), "unit": unit}
    )
    assert "error" in answer.content.decode()
    assert not cast.nam.memberships.exists()


def test_a_superuser_gives_roles_anywhere_and_to_themselves(cast: Cast) -> None:
    signed_in(cast.an).post(reverse(ADD), answers(cast.province, "an"))
    assert cast.an.memberships.get().unit == cast.province


def test_an_admin_ends_a_role_after_a_question(cast: Cast, head: User) -> None:
    path = reverse("unit_members:end", args=[cast.lan.memberships.get().pk])
    client = signed_in(head)
    assert cast.school_a.title in client.get(path).content.decode()
    assert cast.lan.groups.exists()
    client.post(path)
    assert cast.lan.memberships.get().valid_until == timezone.localdate()
    assert not cast.lan.groups.exists()


def test_an_admin_cannot_end_a_role_elsewhere(cast: Cast, head: User) -> None:
    path = reverse("unit_members:end", args=[cast.bao.memberships.get().pk])
    assert signed_in(head).post(path).status_code == 404
    assert cast.bao.memberships.get().valid_until is None


def test_an_admin_whose_own_role_ended_manages_nobody(cast: Cast, head: User) -> None:
    Membership.objects.filter(user=head).update(
        valid_until=timezone.localdate() - datetime.timedelta(1)
    )
    assert signed_in(head).get(reverse(INDEX)).status_code == 302


def test_the_dates_of_a_role_can_be_changed(cast: Cast, head: User) -> None:
    held = cast.lan.memberships.get()
    path = reverse("unit_members:dates", args=[held.pk])
    client = signed_in(head)
    assert "2021-01-01" in client.get(path).content.decode()
    days = {"valid_from": "2021-02-01", "valid_until": "2021-03-01"}
    client.post(path, days)
    assert cast.lan.memberships.get().is_over
    assert not cast.lan.groups.exists()
    client.post(path, {"valid_from": "2021-02-01"})
    assert not cast.lan.memberships.get().is_over
    assert cast.lan.groups.exists()


@pytest.mark.parametrize(
    "days",
    [{}, {"valid_from": "2021-02-01", "valid_until": "2021-01-01"}],
)
def test_days_that_cannot_be_change_nothing(
    cast: Cast, head: User, days: dict[str, str]
) -> None:
    held = cast.lan.memberships.get()
    path = reverse("unit_members:dates", args=[held.pk])
    assert "error" in signed_in(head).post(path, days).content.decode()
    assert cast.lan.memberships.get().valid_from == held.valid_from


def test_nobody_lengthens_their_own_role(cast: Cast, head: User) -> None:
    path = reverse("unit_members:dates", args=[head.memberships.get().pk])
    client = signed_in(head)
    answer = client.post(path, {"valid_from": "2020-01-01"}, follow=True)
    assert "tự trao vai trò" in answer.content.decode()
    assert head.memberships.get().valid_from == datetime.date(2021, 1, 1)
    assert path not in client.get(reverse(INDEX)).content.decode()


def test_an_admin_changes_no_dates_elsewhere(cast: Cast, head: User) -> None:
    held = cast.bao.memberships.get()
    path = reverse("unit_members:dates", args=[held.pk])
    answer = signed_in(head).post(path, {"valid_from": "2022-01-01"})
    assert answer.status_code == 404


def test_the_last_admin_of_a_unit_does_not_leave_it(cast: Cast, head: User) -> None:
    path = reverse("unit_members:end", args=[head.memberships.get().pk])
    client = signed_in(head)
    for page in (client.get(path), client.post(path)):
        assert "chưa thể kết thúc" in page.content.decode()
        assert reverse(ADD) in page.content.decode()
    assert head.memberships.get().valid_until is None


def test_an_admin_with_an_heir_may_leave(cast: Cast, head: User) -> None:
    member(cast.nam, cast.district, Role.ADMIN)
    path = reverse("unit_members:end", args=[head.memberships.get().pk])
    client = signed_in(head)
    assert "vai trò của chính bạn" in client.get(path).content.decode()
    answer = client.post(path, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Đã kết thúc vai trò" in answer.content.decode()


@pytest.mark.parametrize("place", ["province", "school_a"])
def test_an_admin_of_another_unit_is_no_heir(
    cast: Cast, head: User, place: str
) -> None:
    member(cast.nam, getattr(cast, place), Role.ADMIN)
    path = reverse("unit_members:end", args=[head.memberships.get().pk])
    signed_in(head).post(path)
    assert head.memberships.get().valid_until is None


def test_no_heir_is_an_admin_whose_account_or_role_does_not_count_today(
    cast: Cast, head: User
) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(1)
    members.grant(cast.nam, cast.district, Role.ADMIN, valid_from=tomorrow)
    member(cast.bao, cast.district, Role.ADMIN)
    User.objects.filter(pk=cast.bao.pk).update(is_active=False)
    path = reverse("unit_members:end", args=[head.memberships.get().pk])
    signed_in(head).post(path)
    assert head.memberships.get().valid_until is None


def test_a_superuser_may_leave_a_unit_without_an_admin(cast: Cast) -> None:
    held = member(cast.an, cast.district, Role.ADMIN)
    path = reverse("unit_members:end", args=[held.pk])
    client = signed_in(cast.an)
    assert "không còn quản trị viên riêng" in client.get(path).content.decode()
    client.post(path)
    assert cast.an.memberships.get().is_over


def test_the_last_admin_is_not_locked_out_from_below(cast: Cast, head: User) -> None:
    """Neither the role nor the account of whoever administers above is theirs."""
    below = person("duoi")
    member(below, cast.school_a, Role.ADMIN)
    client = signed_in(below)
    held = head.memberships.get()
    for name in ("end", "dates"):
        path = reverse(f"unit_members:{name}", args=[held.pk])
        body = {"valid_from": "2021-01-01", "valid_until": "2021-02-01"}
        assert client.post(path, body).status_code == 404
    for name in ("edit", "delete"):
        path = reverse(f"wagtailusers_users:{name}", args=[head.pk])
        assert client.post(path, {"username": "ha"}).status_code == 302
    head.refresh_from_db()
    assert head.is_active
    assert not head.memberships.get().is_over


def test_what_is_done_to_roles_is_in_the_log_of_the_unit(
    cast: Cast, head: User
) -> None:
    client = signed_in(head)
    client.post(reverse(ADD), answers(cast.school_a))
    held = cast.nam.memberships.get()
    path = reverse("unit_members:dates", args=[held.pk])
    client.post(path, {"valid_from": "2026-09-05"})
    client.post(reverse("unit_members:end", args=[held.pk]))
    log = PageLogEntry.objects.filter(page=cast.school_a, user=head)
    acts = log.order_by("pk").values_list("action", flat=True)
    assert list(acts) == [member_log.GIVEN, member_log.CHANGED, member_log.ENDED]


def test_a_role_ends_once(cast: Cast, head: User) -> None:
    """Ending it again would move its last day."""
    held = cast.lan.memberships.get()
    members.revoke(held, on=datetime.date(2022, 1, 1))
    path = reverse("unit_members:end", args=[held.pk])
    signed_in(head).post(path)
    assert cast.lan.memberships.get().valid_until == datetime.date(2022, 1, 1)
