"""The public pages of an invitation, as newcomers and people with accounts meet them."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from library.invitations import codes, inviting, tries
from library.invitations.models import Invitation, WrongTry
from library.units.models import Role
from tests.cast import Cast, signed_in
from tests.library.invitations.conftest import Invite

WELCOME, ACCEPT, ACCOUNT = (
    reverse(f"invitations:{name}") for name in ("welcome", "accept", "account")
)
NEWCOMER = {
    "full_name": "Nguyễn Thị Mai",
    "username": "mai.nguyen",
    "email": "mai@example.org",
    "password1": "cau-vong-sau-mua-91",
    "password2": "cau-vong-sau-mua-91",
}


def path_of(invitation: Invitation) -> str:
    return reverse("invitations:open", args=[invitation.code])


def said(client: Client, path: str = WELCOME) -> str:
    return client.get(path, follow=True).content.decode()


def test_the_address_of_a_slip_leads_to_a_page_without_the_code(
    client: Client, cast: Cast, invite: Invite
) -> None:
    made = invite()
    answer = client.get(path_of(made))
    assert (answer.status_code, answer["Location"]) == (302, WELCOME)
    page = client.get(WELCOME)
    assert cast.school_a.title in page.content.decode()
    assert "<strong>Ha</strong> mời bạn" in page.content.decode()
    assert made.code not in page.content.decode()
    for told in (answer, page):
        assert told["Referrer-Policy"] == "same-origin"
        assert "no-store" in told["Cache-Control"]


def test_a_code_may_be_typed(client: Client, cast: Cast, invite: Invite) -> None:
    typed = {"code": codes.in_groups(invite().code).lower()}
    answer = client.post(WELCOME, typed, follow=True)
    assert cast.school_a.title in answer.content.decode()


def test_a_newcomer_makes_an_account_and_begins_with_the_own_clips(
    client: Client, cast: Cast, invite: Invite
) -> None:
    client.get(path_of(invite()))
    assert ACCOUNT in said(client)
    answer = client.post(ACCOUNT, NEWCOMER, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("uploads:my_clips")
    assert "Chào mừng bạn" in answer.content.decode()
    user = User.objects.get(username="mai.nguyen")
    assert user.check_password(NEWCOMER["password1"])
    assert user.memberships.get().unit == cast.school_a
    assert not user.is_staff


def test_a_newcomer_who_administers_begins_in_the_admin(
    client: Client, invite: Invite
) -> None:
    client.get(path_of(invite(role=Role.ADMIN)))
    answer = client.post(ACCOUNT, NEWCOMER, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_home")


def test_who_has_an_account_signs_in_and_comes_back(
    client: Client, cast: Cast, invite: Invite
) -> None:
    client.get(path_of(invite()))
    assert f"{reverse('login')}?next={WELCOME}" in said(client)
    person = {"username": "nam", "password": "mat-khau-thu-2026", "next": WELCOME}
    page = client.post(reverse("login"), person, follow=True).content.decode()
    assert cast.school_a.title in page
    assert ACCEPT in page
    assert not cast.nam.memberships.exists()
    client.post(ACCEPT)
    assert cast.nam.memberships.get().unit == cast.school_a


def test_who_is_signed_in_makes_no_second_account(cast: Cast, invite: Invite) -> None:
    client = signed_in(cast.nam)
    client.get(path_of(invite()))
    assert client.post(ACCOUNT, NEWCOMER)["Location"] == WELCOME
    assert not User.objects.filter(username="mai.nguyen").exists()


def test_an_account_is_not_made_when_the_role_is_not_given(
    client: Client, cast: Cast, head: User, invite: Invite
) -> None:
    made = invite()
    client.get(path_of(made))
    inviting.withdraw(made, head)
    answer = client.post(ACCOUNT, NEWCOMER, follow=True)
    assert "đã được rút lại" in answer.content.decode()
    assert not User.objects.filter(username="mai.nguyen").exists()


def test_a_wrong_account_is_explained_and_nobody_is_signed_in(
    client: Client, invite: Invite
) -> None:
    client.get(path_of(invite()))
    page = client.post(ACCOUNT, NEWCOMER | {"password2": "x"})
    assert "errorlist" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_invitation_that_no_longer_holds_is_said_in_a_sentence(
    client: Client, head: User, invite: Invite
) -> None:
    made = invite()
    inviting.withdraw(made, head)
    page = said(client, path_of(made))
    assert "đã được rút lại" in page
    assert 'name="code"' in page
    assert not WrongTry.objects.exists()


def test_accepting_what_is_refused_says_why(cast: Cast, invite: Invite) -> None:
    client = signed_in(cast.lan)
    client.get(path_of(invite()))
    answer = client.post(ACCEPT, follow=True)
    assert "đã có vai trò này" in answer.content.decode()


@pytest.mark.parametrize("path", [ACCEPT, ACCOUNT])
def test_without_an_invitation_all_leads_to_typing_a_code(
    client: Client, db: None, path: str
) -> None:
    assert client.post(path, NEWCOMER)["Location"] == WELCOME
    assert not User.objects.filter(username="mai.nguyen").exists()


@pytest.mark.parametrize("typed", ["x", "ABC", "<script>", "BCFGHJKMNPQ", "%00"])
def test_an_address_that_is_no_code_is_explained_and_no_guess(
    client: Client, db: None, typed: str
) -> None:
    assert "chưa đủ" in said(client, reverse("invitations:open", args=[typed]))
    assert not WrongTry.objects.exists()


def test_guesses_come_to_an_end_for_right_ones_too(
    client: Client, cast: Cast, invite: Invite, caplog: pytest.LogCaptureFixture
) -> None:
    made = invite()
    for _ in range(tries.BY_SESSION):
        page = client.post(WELCOME, {"code": codes.draw()}, follow=True)
        assert "Không có lời mời nào" in page.content.decode()
    with caplog.at_level(logging.DEBUG):
        answer = client.get(path_of(made), follow=True)
        client.post(path_of(made))
        client.get(path_of(made).rstrip("/"))
    assert answer.status_code == 429
    assert "nhập sai mã quá nhiều lần" in answer.content.decode()
    assert f"Too Many Requests: {WELCOME}" in caplog.text
    told = [
        one.getMessage() for one in caplog.records if one.name != "django.db.backends"
    ]
    assert made.code not in " ".join(told)
    assert cast.school_a.title in said(Client(), path_of(made))


def test_signing_in_too_often_is_still_told_of_passwords(db: None) -> None:
    assert "Mật khẩu" in render_to_string("429.html")
