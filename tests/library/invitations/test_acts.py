"""What the log of acts tells of invitations."""

from __future__ import annotations

from django.contrib.auth.models import User
from wagtail.models import PageLogEntry

from library.audit import changes
from library.invitations import acts, inviting
from tests.cast import Cast
from tests.library.invitations.conftest import Invite, days, offer


def newest() -> PageLogEntry:
    return PageLogEntry.objects.latest("pk")


def test_each_act_says_who_was_invited_to_what(cast: Cast, head: User) -> None:
    asked = offer(cast.school_a, valid_until=days(9))
    invitation = inviting.by_mail(asked, ["mai@example.org"], head)[0]
    assert newest().message == "Đã mời: mai@example.org, người đóng góp"
    assert len(changes.of(newest())) == 5
    inviting.send_again(invitation, cast.an)
    assert newest().message.startswith("Đã gửi lại lời mời: mai@example.org")
    assert newest().user == cast.an
    inviting.withdraw(invitation, head)
    assert newest().message.startswith("Đã rút lại lời mời: mai@example.org")
    assert str(changes.of(newest())[0]) == "người: mai@example.org → –"


def test_a_printed_code_names_nobody_and_is_not_told(invite: Invite) -> None:
    made = invite()
    assert newest().action == acts.MADE
    assert newest().data["after"]["person"] == "–"
    assert made.code not in str(newest().data)
