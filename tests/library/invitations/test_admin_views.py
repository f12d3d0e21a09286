"""The admin pages of invitations: each unit's admin invites to its subtree."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from library.invitations import inviting
from library.invitations.models import Invitation
from library.units.models import Role
from media_pipeline.jobs.models import Job
from tests.cast import Cast, signed_in
from tests.library.invitations.conftest import Invite, days, offer

INDEX, NEW, SLIPS = (
    reverse(f"unit_invitations:{name}") for name in ("index", "new", "slips")
)


def answers(cast: Cast, **changes: object) -> dict[str, object]:
    return {
        "unit": cast.school_a.pk,
        "role": Role.CONTRIBUTOR.value,
        "emails": "",
        "places": "1",
        "last_day": days(30).isoformat(),
        "valid_from": days(0).isoformat(),
    } | changes


def of(name: str, invitation: Invitation) -> str:
    return reverse(f"unit_invitations:{name}", args=[invitation.pk])


@pytest.mark.parametrize("name", ["lan", "minh", "nam"])
def test_who_manages_nobody_gets_no_page_and_no_menu(
    cast: Cast, invite: Invite, name: str
) -> None:
    client = signed_in(getattr(cast, name))
    made = invite()
    for path in (INDEX, NEW, SLIPS, of("withdraw", made)):
        assert client.get(path).status_code == 302
    assert INDEX not in client.get("/admin/").content.decode()
    client.post(NEW, answers(cast, emails="mai@example.org"))
    assert Invitation.objects.count() == 1


def test_a_code_is_made_and_shown_to_be_printed(cast: Cast, head: User) -> None:
    client = signed_in(head)
    assert INDEX in client.get("/admin/").content.decode()
    page = client.post(NEW, answers(cast, places="30"), follow=True).content.decode()
    made = Invitation.objects.get()
    assert (made.places, made.made_by, made.expires_on) == (30, head, days(31))
    assert made.code_in_groups in page
    assert "dành cho 30 người" in page
    assert made.code_in_groups in client.get(INDEX).content.decode()


def test_several_are_invited_by_mail(cast: Cast, head: User) -> None:
    body = answers(cast, emails="mai@example.org, linh@example.org")
    page = signed_in(head).post(NEW, body, follow=True).content.decode()
    assert "Đang gửi 2 lời mời" in page
    assert "mai@example.org" in page
    assert "thư đang được gửi" in page
    assert Job.objects.filter(kind="invitation").count() == 2


@pytest.mark.parametrize("place", ["school_c", "province"])
def test_nobody_is_invited_to_a_unit_elsewhere(
    cast: Cast, head: User, place: str
) -> None:
    body = answers(cast, unit=getattr(cast, place).pk)
    page = signed_in(head).post(NEW, body).content.decode()
    assert "error" in page
    assert not Invitation.objects.exists()


def test_what_is_elsewhere_is_neither_listed_nor_printed_nor_withdrawn(
    cast: Cast, head: User, invite: Invite
) -> None:
    made = invite(unit=cast.school_c, by=cast.an)
    client = signed_in(head)
    for path in (INDEX, SLIPS, f"{SLIPS}?id={made.pk}"):
        assert made.code_in_groups not in client.get(path).content.decode()
    for name in ("withdraw", "send_again"):
        assert client.post(of(name, made)).status_code == 404
    assert made.code_in_groups in signed_in(cast.an).get(INDEX).content.decode()


def test_one_is_withdrawn_after_a_question_and_goes_to_the_other_tab(
    cast: Cast, head: User, invite: Invite
) -> None:
    made = invite(places=2)
    made.uses.create(user=cast.nam)
    client = signed_in(head)
    page = client.get(of("withdraw", made)).content.decode()
    assert "1 người đã nhận lời" in page
    assert (
        "Đã rút lại" in client.post(of("withdraw", made), follow=True).content.decode()
    )
    assert made.code_in_groups not in client.get(INDEX).content.decode()
    over = client.get(f"{INDEX}?state=over").content.decode()
    assert made.code_in_groups in over
    assert "Nam (nam)" in over
    again = client.post(of("withdraw", made), follow=True).content.decode()
    assert "đã được rút lại trước đó" in again


def test_a_mail_that_failed_is_seen_and_sent_again(cast: Cast, head: User) -> None:
    made = inviting.by_mail(offer(cast.school_a), ["mai@example.org"], head)[0]
    Job.objects.update(state=Job.State.FAILED, error="[Errno 111]")
    client = signed_in(head)
    page = client.get(INDEX).content.decode()
    assert "không gửi được thư" in page
    assert "Errno" not in page
    client.post(of("send_again", made))
    assert Job.objects.get(kind="invitation").state == Job.State.QUEUED
    assert "thư đang được gửi" in client.get(INDEX).content.decode()


def test_one_that_no_longer_holds_is_not_sent_again(cast: Cast, head: User) -> None:
    made = inviting.by_mail(offer(cast.school_a), ["mai@example.org"], head)[0]
    Job.objects.all().delete()
    inviting.withdraw(made, head)
    page = signed_in(head).post(of("send_again", made), follow=True).content.decode()
    assert "đã được rút lại" in page
    assert not Job.objects.filter(kind="invitation").exists()


def test_slips_are_those_of_open_codes_alone(
    cast: Cast, head: User, invite: Invite
) -> None:
    open_, used = invite(), invite()
    used.uses.create(user=cast.nam)
    page = signed_in(head).get(SLIPS).content.decode()
    assert page.count('<article class="slip">') == 1
    for words in (open_.code_in_groups, cast.school_a.title, "/loi-moi/", "svg+xml"):
        assert words in page, words


@pytest.mark.parametrize("asked", ["x", "0", "-1", "²", "9" * 30])
def test_a_slip_that_is_none_is_an_empty_page(
    cast: Cast, head: User, invite: Invite, asked: str
) -> None:
    invite()
    page = signed_in(head).get(SLIPS, {"id": asked}).content.decode()
    assert "Không có mã nào" in page


def test_a_long_list_has_pages(head: User, invite: Invite) -> None:
    for _ in range(51):
        invite()
    assert "?p=2" in signed_in(head).get(INDEX).content.decode()
