"""The lists of accounts and groups are searched with and without marks."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.models import Group
from django.urls import reverse

from tests.cast import Cast, signed_in


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_accounts_are_found_by_names_without_marks(cast: Cast) -> None:
    cast.lan.first_name, cast.lan.last_name = "Thị Lan", "Nguyễn"
    cast.lan.save()
    accounts = reverse("wagtailusers_users:index_results")
    client = signed_in(cast.an)
    for asked in ("nguyen lan", "Nguyễn", nfd("nguyễn thị"), "lan@example"):
        assert "Nguyễn" in client.get(accounts, {"q": asked}).content.decode()
    for asked in ("nguyen hoa", "!!!"):
        assert "Nguyễn" not in client.get(accounts, {"q": asked}).content.decode()


def test_groups_are_found_by_names_without_marks(cast: Cast) -> None:
    Group.objects.create(name="Ban biên tập")
    groups = reverse("wagtailusers_groups:index_results")
    client = signed_in(cast.an)
    for asked, is_found in (("bien tap", True), ("BIÊN", True), ("tap chi", False)):
        page = client.get(groups, {"q": asked}).content.decode()
        assert ("Ban biên tập" in page) is is_found
