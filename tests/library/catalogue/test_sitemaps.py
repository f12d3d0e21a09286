from __future__ import annotations

import datetime
import re

from django.test import Client
from wagtail.models import PageViewRestriction

from tests.cast import Cast
from tests.library.clips import factories


def test_the_sitemap_lists_live_clips_and_their_shelves(
    client: Client, cast: Cast
) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    draft = factories.ready(cast.school_a, cast.lan, title="Bản nháp")
    text = client.get("/sitemap.xml").content.decode()
    assert f"<loc>http://testserver/clip/{clip.slug}-{clip.pk}/</loc>" in text
    assert f"-{draft.pk}/" not in text
    assert "http://testserver/mon-hoc/toan/" in text
    assert "http://testserver/don-vi/binh-phuoc/" in text


def test_it_lists_the_campaigns_page_and_each_standing_unit_with_clips(
    client: Client, cast: Cast
) -> None:
    factories.live(cast.school_a, cast.lan)
    factories.live(cast.school_c, cast.bao)
    factories.ready(cast.school_b, cast.hoa)
    cast.school_c.ended_on = datetime.date(2021, 1, 2)
    cast.school_c.save()
    text = client.get("/sitemap.xml").content.decode()
    assert text.count("<loc>http://testserver/tien-do/</loc>") == 1
    listed = re.findall(r"<loc>http://testserver/don-vi/([^<]+)/</loc>", text)
    assert sorted(listed) == ["binh-phuoc", "bu-dang", "dong-xoai", "thpt-dong-xoai"]
    for address in [*(f"/don-vi/{code}/" for code in listed), "/tien-do/"]:
        assert client.get(address).status_code == 200


def test_units_behind_a_door_are_not_listed(client: Client, cast: Cast) -> None:
    factories.live(cast.school_a, cast.lan)
    PageViewRestriction.objects.create(page=cast.district, restriction_type="login")
    text = client.get("/sitemap.xml").content.decode()
    assert "don-vi/dong-xoai" not in text
    assert "don-vi/thpt-dong-xoai" not in text
