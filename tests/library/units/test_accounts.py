"""The list of accounts is searched by names with and without marks."""

from __future__ import annotations

import unicodedata

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
