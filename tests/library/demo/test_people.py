"""The demo's people: the same each time, each with a role where they work."""

from __future__ import annotations

import pytest

from library.demo import people
from library.demo.logins import PASSWORD
from library.units import members
from library.units.models import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_person_is_made_once_and_can_sign_in() -> None:
    first = people.person("thu", "thpt-thu")
    again = people.person("thu", "thpt-thu")
    assert first == again
    assert again.check_password(PASSWORD)
    assert first.get_full_name()


def test_whoever_holds_the_role_already_keeps_it(cast: Cast) -> None:
    assert people.holder(cast.school_a, Role.CONTRIBUTOR, "moi") == cast.lan
    new = people.holder(cast.school_c, Role.CURATOR, "moi")
    assert list(members.people(cast.school_c, Role.CURATOR)) == [new]
