from __future__ import annotations

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from library.demo.logins import LOGINS, PASSWORD
from tests.cast import Cast, person


def test_the_right_password_opens_and_leads_on(client: Client, cast: Cast) -> None:
    form = {"username": "lan", "password": "mat-khau-thu-2026", "next": "/mon-hoc/"}
    response = client.post("/dang-nhap/", form)
    assert (response.status_code, response["Location"]) == (302, "/mon-hoc/")


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com/"])
def test_nobody_is_led_to_another_site(client: Client, cast: Cast, target: str) -> None:
    form = {"username": "lan", "password": "mat-khau-thu-2026", "next": target}
    assert "example.com" not in client.post("/dang-nhap/", form)["Location"]


def test_a_wrong_password_is_told_without_saying_which_part(
    client: Client, cast: Cast
) -> None:
    pages = [
        client.post("/dang-nhap/", {"username": name, "password": "x"}).content
        for name in ("lan", "nobody")
    ]
    assert all(b"notice--bad" in page for page in pages)


def test_only_the_demo_names_its_people(client: Client, db: None) -> None:
    for is_demo in (False, True):
        with override_settings(DEMO=is_demo):
            page = client.get("/dang-nhap/").content.decode()
        assert (PASSWORD in page) is is_demo
        assert all((login.username in page) is is_demo for login in LOGINS)


def test_the_page_names_the_library(client: Client, db: None) -> None:
    assert "Thư viện mở</title>" in client.get("/dang-nhap/").content.decode()


def test_signing_out_takes_a_post(client: Client, cast: Cast) -> None:
    client.force_login(cast.lan)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_autocomplete_tokens_help_password_managers(client: Client, db: None) -> None:
    page = client.get("/dang-nhap/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("lan", "uploads:my_clips"),
        ("minh", "wagtailadmin_home"),
        ("an", "wagtailadmin_home"),
        ("guest", "uploads:my_clips"),  # an account without a role: told so there
    ],
)
def test_everybody_begins_where_their_work_is(
    cast: Cast, client: Client, who: str, where: str
) -> None:
    person("guest")
    answers = {"username": who, "password": "mat-khau-thu-2026"}
    answer = client.post(reverse("login"), answers)
    assert answer.headers["Location"] == reverse(where)
    assert client.get(reverse("login")).headers["Location"] == reverse(where)
