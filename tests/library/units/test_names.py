"""A person's family name comes first, on our pages and on Wagtail's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.log_actions import log

from library.units import names
from library.units.models import Role
from tests.cast import Cast, member, signed_in


@pytest.mark.parametrize(
    ("written", "last", "first"),
    [
        ("  Nguyễn Thị   Mai ", "Nguyễn", "Thị Mai"),
        ("Trần Nam", "Trần", "Nam"),
        ("Mai", "", "Mai"),
        ("  ", "", ""),
    ],
)
def test_a_name_has_two_parts_and_reads_as_it_was_written(
    written: str, last: str, first: str
) -> None:
    parts = names.parts(written)
    assert parts == {"last_name": last, "first_name": first}
    assert User(**parts).get_full_name() == " ".join(written.split())


def test_lists_and_the_log_say_the_family_name_first(cast: Cast) -> None:
    cast.lan.last_name, cast.lan.first_name = "Nguyễn", "Thị Lan"
    cast.lan.save()
    log(cast.school_a, "wagtail.edit", user=cast.lan)
    member(cast.tu, cast.district, Role.ADMIN)
    for reader, address in (
        (cast.tu, reverse("unit_members:index")),
        (cast.tu, reverse("audit:report")),
        (cast.an, reverse("wagtailusers_users:index")),
    ):
        page = signed_in(reader).get(address).content.decode()
        assert "Nguyễn Thị Lan" in page, address
        assert "Thị Lan Nguyễn" not in page, address


def test_without_a_name_the_account_stands_for_it() -> None:
    assert names.shown(User(username="mai", last_name="Trần")) == "Trần"
    assert names.shown(User(username="mai")) == "mai"
