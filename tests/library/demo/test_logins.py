"""Each person that the sign-in page names exists in the demo."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from library.demo import load, logins


@pytest.mark.django_db
def test_each_named_login_is_made_by_the_structure() -> None:
    load.structure()
    list(load._plans(1))
    known = set(User.objects.values_list("username", flat=True))
    assert {login.username for login in logins.LOGINS} <= known
