from __future__ import annotations

from django.test import Client


def test_the_library_is_healthy_when_its_database_answers(
    client: Client, db: None
) -> None:
    assert client.get("/suc-khoe/").content == b"ok\n"


def test_robots_are_kept_out_of_the_admin_and_find_the_sitemap(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_wagtails_sign_in_leads_to_ours(client: Client) -> None:
    response = client.get("/_util/login/?next=/clip/x-1/")
    assert response["Location"] == "/dang-nhap/?next=/clip/x-1/"
