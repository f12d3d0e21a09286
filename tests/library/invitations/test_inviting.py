"""Making, withdrawing and sending invitations again; who sees which."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from wagtail.models import PageLogEntry

from library.invitations import acts, inviting
from library.invitations.models import Invitation
from library.units.models import Role
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member
from tests.library.invitations.conftest import Invite, days, offer


def test_each_address_gets_an_invitation_and_a_mail_of_its_own(
    cast: Cast, head: User
) -> None:
    made = inviting.by_mail(
        offer(cast.school_a), ["mai@example.org", "linh@example.org"], head
    )
    assert len({invitation.code for invitation in made}) == 2
    assert {invitation.places for invitation in made} == {1}
    assert Job.objects.filter(kind="invitation").count() == 2
    told = PageLogEntry.objects.filter(page=cast.school_a, action=acts.MADE)
    assert [entry.user for entry in told] == [head, head]
    assert told[0].data["after"]["person"] in {"mai@example.org", "linh@example.org"}


def test_a_code_to_be_printed_is_mailed_to_nobody(invite: Invite) -> None:
    assert invite(places=30).places == 30
    assert not Job.objects.filter(kind="invitation").exists()


def test_an_admin_sees_the_invitations_of_the_subtree_alone(
    cast: Cast, head: User, invite: Invite
) -> None:
    inside = invite(), invite(unit=cast.district)
    invite(unit=cast.school_c, by=cast.an)
    invite(unit=cast.province, by=cast.an)
    assert set(inviting.managed_by(head)) == set(inside)
    assert inviting.managed_by(cast.an).count() == 4
    for name in ("lan", "minh", "nam"):
        assert not inviting.managed_by(getattr(cast, name)).exists()
    member(cast.nam, cast.school_b, Role.ADMIN)
    assert not inviting.managed_by(cast.nam).exists()


def test_one_is_withdrawn_once_and_told_in_the_log(
    cast: Cast, head: User, invite: Invite
) -> None:
    invitation = invite()
    assert inviting.withdraw(invitation, head)
    assert not inviting.withdraw(invitation, cast.an)
    entry = PageLogEntry.objects.get(action=acts.WITHDRAWN)
    assert (entry.user, entry.page_id) == (head, cast.school_a.pk)
    assert entry.data["before"]["role"] == "người đóng góp"
    assert not Invitation.objects.open().exists()


def test_open_are_those_by_which_somebody_may_come(cast: Cast, invite: Invite) -> None:
    open_, several = invite(), invite(places=2)
    several.uses.create(user=cast.nam)
    invite().uses.create(user=cast.nam)
    invite(expires_on=days(0))
    assert set(Invitation.objects.open()) == {open_, several}


@pytest.mark.parametrize(
    ("role", "email"), [(Role.ADMIN, ""), (Role.CURATOR, "mai@example.org")]
)
def test_the_database_keeps_an_admins_or_a_mailed_one_to_one_person(
    cast: Cast, invite: Invite, role: Role, email: str
) -> None:
    made = invite(role=role)
    rows = Invitation.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(places=2, email=email)
