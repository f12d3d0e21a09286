from __future__ import annotations

from django.test import Client

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
