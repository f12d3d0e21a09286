"""Rows of the admin's list, and slips to be printed."""

from __future__ import annotations

import base64

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from library.invitations import inviting
from library.invitations.models import Invitation
from library.invitations.rows import Row, rows_of, slips_of
from library.qr import qr_svg
from library.units import members
from tests.cast import Cast
from tests.library.invitations.conftest import Invite, days, offer


def row_of(invitation: Invitation) -> Row:
    (row,) = rows_of(list(Invitation.objects.filter(pk=invitation.pk)))
    return row


def test_an_open_code_can_be_printed_and_withdrawn(cast: Cast, invite: Invite) -> None:
    row = row_of(invite(places=2))
    assert (row.may_print, row.may_withdraw, row.may_send) == (True, True, False)
    row.invitation.uses.create(user=cast.nam)
    row = row_of(row.invitation)
    assert (row.used, row.people, row.trouble) == (1, "Nam (nam)", "")


def test_an_open_mail_can_be_sent_again(cast: Cast, head: User) -> None:
    made = inviting.by_mail(offer(cast.school_a), ["mai@example.org"], head)[0]
    row = row_of(made)
    assert (row.may_print, row.may_withdraw, row.may_send) == (False, True, True)
    assert (row.mail, row.is_mail_troubled) == ("thư đang được gửi", False)


@pytest.mark.parametrize("way", ["withdrawn", "used", "expired", "unbacked"])
def test_one_that_no_longer_holds_says_so_and_offers_nothing(
    cast: Cast, head: User, invite: Invite, way: str
) -> None:
    made = invite(expires_on=days(0 if way == "expired" else 9))
    if way == "withdrawn":
        inviting.withdraw(made, head)
    elif way == "used":
        made.uses.create(user=cast.nam)
    elif way == "unbacked":
        members.revoke(head.memberships.get())
    row = row_of(made)
    said = {"withdrawn": "đã rút lại", "used": "đã dùng"}
    assert row.trouble == said.get(way, "không còn giá trị")
    assert (row.may_print, row.may_withdraw, row.may_send) == (False, False, False)


def test_a_slip_holds_the_address_as_a_drawing_made_here(
    invite: Invite, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://thuvien.example.org"
    made = invite()
    (slip,) = slips_of([made])
    head, _, drawn = slip.qr.partition(",")
    assert head == "data:image/svg+xml;base64"
    address = f"https://thuvien.example.org/loi-moi/{made.code}/"
    assert base64.b64decode(drawn) == qr_svg(address)
    assert slip.page == "thuvien.example.org/loi-moi/"
    assert slip.role.startswith("Người đóng góp: ")


def test_a_longer_list_asks_no_more_questions(cast: Cast, invite: Invite) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            rows_of(list(Invitation.objects.select_related("unit", "made_by")))
        return len(asked)

    invite(places=2).uses.create(user=cast.nam)
    one = asked()
    for _ in range(9):
        invite(places=2).uses.create(user=cast.bao)
    assert asked() == one
