"""The forms of invitations: what is refused, and how it is said."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from library.invitations import codes, inviting
from library.invitations.forms import (
    MOST_ADDRESSES,
    AccountForm,
    CodeForm,
    InvitationForm,
)
from library.units.models import Role, UnitPage
from tests.cast import Cast
from tests.library.invitations.conftest import days, offer


def form_of(cast: Cast, by: User, **changes: object) -> InvitationForm:
    answers: dict[str, object] = {
        "unit": cast.school_a.pk,
        "role": Role.CURATOR.value,
        "emails": "",
        "places": "1",
        "last_day": days(30).isoformat(),
        "valid_from": days(0).isoformat(),
    }
    return InvitationForm(answers | changes, by=by)


def test_units_are_those_of_the_subtree_that_stand(cast: Cast, head: User) -> None:
    assert form_of(cast, head).is_valid()
    assert "unit" in form_of(cast, head, unit=cast.school_c.pk).errors
    UnitPage.objects.filter(pk=cast.school_a.pk).update(ended_on=days(0))
    assert "unit" in form_of(cast, head).errors


def test_addresses_are_taken_once_each_however_they_are_parted(
    cast: Cast, head: User
) -> None:
    form = form_of(cast, head, emails="a@x.vn, b@x.vn;\nA@x.vn  c@x.vn")
    assert form.is_valid(), form.errors
    assert {email.lower() for email in form.cleaned_data["emails"]} == {
        "a@x.vn",
        "b@x.vn",
        "c@x.vn",
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"emails": "a@x.vn, không phải thư"}, "emails"),
        ({"emails": "a@x.vn\r\nBcc:b@x.vn"}, "emails"),
        ({"emails": " ".join(f"a{n}@x.vn" for n in range(51))}, "emails"),
        ({"emails": "a@x.vn", "places": "2"}, "places"),
        ({"role": "admin", "places": "2"}, "places"),
        ({"places": "0"}, "places"),
        ({"places": "201"}, "places"),
        ({"places": "nhiều"}, "places"),
        ({"last_day": "2020-01-01"}, "last_day"),
        ({"last_day": "2099-01-01"}, "last_day"),
        ({"last_day": ""}, "last_day"),
        ({"valid_from": "2020-01-01", "valid_until": "2020-02-01"}, "valid_until"),
        ({"role": "superuser"}, "role"),
    ],
)
def test_what_cannot_be_is_explained_at_its_field(
    cast: Cast, head: User, changes: dict[str, str], field: str
) -> None:
    assert MOST_ADDRESSES == 50
    assert set(form_of(cast, head, **changes).errors) == {field}


def test_without_a_number_a_code_is_for_one(cast: Cast, head: User) -> None:
    form = form_of(cast, head, places="")
    assert form.is_valid()
    assert form.cleaned_data["places"] == 1


def test_who_has_an_open_invitation_is_not_invited_twice(
    cast: Cast, head: User
) -> None:
    asked = offer(cast.school_a, Role.CURATOR)
    inviting.by_mail(asked, ["mai@example.org"], head)
    form = form_of(cast, head, emails="MAI@example.org")
    assert "gửi lại" in str(form.errors["emails"])
    other = form_of(cast, head, emails="mai@example.org", role="contributor")
    assert other.is_valid()


def test_the_last_day_is_still_a_day_of_the_invitation(cast: Cast, head: User) -> None:
    form = form_of(cast, head, last_day=days(0).isoformat())
    assert form.is_valid()
    assert form.offer().expires_on == days(1)


def test_a_code_is_read_or_explained() -> None:
    code = codes.draw()
    form = CodeForm({"code": codes.in_groups(code).lower()})
    assert form.is_valid()
    assert form.cleaned_data["code"] == code
    assert "mười chữ và số" in str(CodeForm({"code": "ABC"}).errors)


def account(**changes: str) -> AccountForm:
    answers = {
        "full_name": "  Nguyễn Thị   Mai ",
        "username": "mai.nguyen",
        "email": "mai@example.org",
        "password1": "cau-vong-sau-mua-91",
        "password2": "cau-vong-sau-mua-91",
    }
    return AccountForm(answers | changes)


@pytest.mark.django_db
def test_a_name_is_kept_as_the_library_keeps_names() -> None:
    user = account().save()
    assert (user.first_name, user.last_name) == ("Thị Mai", "Nguyễn")
    assert user.get_full_name() == "Nguyễn Thị Mai"
    assert account(full_name="Mai", username="m", email="m@x.vn").is_valid()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": "  "}, "full_name"),
        ({"username": "LAN"}, "username"),
        ({"username": "có dấu cách"}, "username"),
        ({"email": "LAN@example.org"}, "email"),
        ({"email": ""}, "email"),
        ({"password2": "khac-di-mot-chut-1"}, "password2"),
        ({"password1": "12345", "password2": "12345"}, "password2"),
        ({"password1": "mai.nguyen", "password2": "mai.nguyen"}, "password2"),
    ],
)
def test_an_account_that_cannot_be_is_explained(
    cast: Cast, changes: dict[str, str], field: str
) -> None:
    assert set(account(**changes).errors) == {field}


@pytest.mark.django_db
def test_password_managers_find_their_way() -> None:
    tokens = {
        name: field.widget.attrs["autocomplete"]
        for name, field in AccountForm().fields.items()
    }
    assert tokens == {
        "full_name": "name",
        "username": "username",
        "email": "email",
        "password1": "new-password",
        "password2": "new-password",
    }
