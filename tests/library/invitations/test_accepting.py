"""Accepting an invitation: the role it gives, what it never takes, and who is refused."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connections
from wagtail.models import PageLogEntry

from library.audit import changes
from library.invitations import accepting, acts, inviting
from library.invitations.accepting import RefusedError
from library.invitations.models import Invitation, InvitationUse
from library.units import member_log, members
from library.units.models import Membership, Role, UnitPage
from media_pipeline.jobs import lease
from tests.cast import Cast, member, person
from tests.library.invitations.conftest import Invite, days


def fresh(invitation: Invitation) -> Invitation:
    found = accepting.find(invitation.code)
    assert found is not None
    return found


def test_the_role_is_given_with_its_days_and_the_place_is_taken(
    cast: Cast, invite: Invite
) -> None:
    invitation = invite(valid_until=days(300))
    given = accepting.accept(invitation, cast.nam)
    assert (given.unit, given.role) == (cast.school_a, Role.CONTRIBUTOR)
    assert (given.valid_from, given.valid_until) == (days(0), days(300))
    assert cast.nam.groups.count() == 1
    assert [use.user for use in invitation.uses.all()] == [cast.nam]


def test_it_is_in_the_log_of_the_unit_without_the_code(
    cast: Cast, invite: Invite
) -> None:
    invitation = invite()
    accepting.accept(invitation, cast.nam)
    log = PageLogEntry.objects.filter(page=cast.school_a).order_by("-pk")
    accepted, given, made = log[:3]
    assert (accepted.action, given.action) == (acts.ACCEPTED, member_log.GIVEN)
    assert made.action == acts.MADE
    assert {accepted.user, given.user} == {cast.nam}
    assert accepted.message == "Đã nhận lời mời: Nam (nam), người đóng góp"
    assert "người: – → Nam (nam)" in map(str, changes.of(accepted))
    told = " ".join(str(entry.data) for entry in log)
    assert invitation.code not in told.replace("-", "")


def trouble_of(invitation: Invitation, cast: Cast) -> str:
    """Said beforehand and again at accepting, and nothing is given."""
    with pytest.raises(RefusedError) as refused:
        accepting.accept(invitation, cast.nam)
    assert not cast.nam.memberships.exists()
    assert str(refused.value) == accepting.trouble(fresh(invitation))
    return str(refused.value)


def test_a_withdrawn_one_is_refused(cast: Cast, invite: Invite, head: User) -> None:
    invitation = invite()
    inviting.withdraw(invitation, head)
    assert "đã được rút lại" in trouble_of(invitation, cast)


def test_an_expired_one_is_refused_and_on_its_last_day_it_is_not(
    cast: Cast, invite: Invite
) -> None:
    said = trouble_of(invite(expires_on=days(0)), cast)
    assert f"{days(-1):%d/%m/%Y}" in said
    accepting.accept(invite(expires_on=days(1)), cast.nam)
    assert cast.nam.memberships.exists()


def test_one_for_a_time_that_is_over_is_refused(cast: Cast, invite: Invite) -> None:
    invitation = invite(valid_from=days(-9), valid_until=days(0))
    assert "đã qua" in trouble_of(invitation, cast)


def test_one_to_a_unit_that_ended_is_refused(cast: Cast, invite: Invite) -> None:
    invitation = invite()
    UnitPage.objects.filter(pk=cast.school_a.pk).update(ended_on=days(0))
    assert "đã kết thúc" in trouble_of(invitation, cast)


def test_a_used_up_one_is_refused_even_when_its_user_is_deleted(
    cast: Cast, invite: Invite
) -> None:
    invitation = invite()
    newcomer = person("moi")
    accepting.accept(invitation, newcomer)
    assert "đã dùng hết" in trouble_of(invitation, cast)
    newcomer.delete()
    assert "đã dùng hết" in trouble_of(invitation, cast)


def test_several_people_come_by_a_code_with_several_places(
    cast: Cast, invite: Invite
) -> None:
    invitation = invite(places=2)
    accepting.accept(invitation, cast.nam)
    accepting.accept(invitation, cast.bao)
    with pytest.raises(RefusedError):
        accepting.accept(invitation, cast.tu)


@pytest.mark.parametrize("way", ["role ended", "account inactive", "account deleted"])
def test_it_holds_only_while_whoever_invited_may_give_roles_there(
    cast: Cast, invite: Invite, head: User, way: str
) -> None:
    """Else an admin whose role ended would come back by a code kept aside."""
    invitation = invite(role=Role.ADMIN)
    if way == "role ended":
        members.revoke(head.memberships.get())
    elif way == "account inactive":
        User.objects.filter(pk=head.pk).update(is_active=False)
    else:
        head.delete()
    assert "không còn là quản trị viên" in trouble_of(invitation, cast)


def test_nobody_invites_themselves(cast: Cast, invite: Invite, head: User) -> None:
    with pytest.raises(RefusedError, match="tự trao vai trò"):
        accepting.accept(invite(), head)
    accepting.accept(invite(by=cast.an), cast.an)
    assert cast.an.memberships.exists()


HELD = {
    "open": (-100, None),
    "until later": (-100, 200),
    "from later": (50, None),
    "spanning": (-100, 900),
}


@pytest.mark.parametrize("held", HELD.values(), ids=HELD)
@pytest.mark.parametrize("until", [None, 90, 400])
def test_a_role_already_held_is_never_lessened(
    cast: Cast, invite: Invite, held: tuple[int, int | None], until: int | None
) -> None:
    start, end = held
    before = members.grant(
        cast.nam,
        cast.school_a,
        Role.CONTRIBUTOR,
        valid_from=days(start),
        valid_until=days(end) if end else None,
    )
    try:
        accepting.accept(invite(valid_until=days(until) if until else None), cast.nam)
    except RefusedError:
        assert not InvitationUse.objects.exists()
    after = Membership.objects.get(pk=before.pk)
    assert after.valid_from == min(before.valid_from, after.valid_from)
    if before.valid_until is None or until is None:
        assert after.valid_until is None
    else:
        assert after.valid_until == max(before.valid_until, days(until))


def test_whoever_has_the_role_already_uses_up_no_place(
    cast: Cast, invite: Invite
) -> None:
    invitation = invite()
    with pytest.raises(RefusedError, match="đã có vai trò này"):
        accepting.accept(invitation, cast.lan)
    assert accepting.trouble(invitation) == ""


def test_a_gap_between_two_times_is_not_filled(cast: Cast, invite: Invite) -> None:
    members.grant(
        cast.nam,
        cast.school_a,
        Role.CONTRIBUTOR,
        valid_from=days(-9),
        valid_until=days(9),
    )
    with pytest.raises(RefusedError, match="bắt đầu muộn hơn"):
        accepting.accept(invite(valid_from=days(20)), cast.nam)
    assert cast.nam.memberships.get().valid_until == days(9)


def test_a_role_that_ended_is_given_anew(cast: Cast, invite: Invite) -> None:
    held = member(cast.nam, cast.school_a, Role.CONTRIBUTOR)
    members.revoke(held)
    assert not accepting.accept(invite(), cast.nam).is_over


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_come_at_once_for_the_last_place_one_is_refused(
    cast: Cast, invite: Invite
) -> None:
    invitation = invite()
    start, said = threading.Barrier(2), list[str]()

    def come(user: User) -> None:
        try:
            start.wait(timeout=30)
            lease.patiently(lambda: accepting.accept(invitation, user))
            said.append("came")
        except RefusedError:
            said.append("refused")
        finally:
            connections.close_all()

    pair = [threading.Thread(target=come, args=[user]) for user in (cast.nam, cast.bao)]
    for one in pair:
        one.start()
    for one in pair:
        one.join()
    assert sorted(said) == ["came", "refused"]
    assert InvitationUse.objects.count() == 1
    assert Membership.objects.filter(unit=cast.school_a).count() == 2  # Lan's too
