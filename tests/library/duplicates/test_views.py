"""The addresses of duplicates; what is told before an upload is in `test_same_bytes`."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from media_pipeline.likeness import digests
from media_pipeline.likeness.models import Digest
from tests.browsers import sign_in
from tests.cast import Cast
from tests.library.duplicates.factories import draft_of

MIB = 1024**2


@pytest.mark.browser
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("size", [MIB, digests.SMALL_BYTES + MIB], ids=["small", "big"])
def test_a_known_file_is_said_before_a_byte_is_sent(
    live_server: LiveServer, page: Page, cast: Cast, tmp_path: Path, size: int
) -> None:
    file = tmp_path / "bai.mp4"
    with file.open("wb") as written:
        written.truncate(size)
        written.write(b"x")
    with file.open("rb") as read:
        sha = hashlib.file_digest(read, "sha256").hexdigest()
        clip = draft_of(cast.school_a, cast.lan, "Bài đầu", sha256=sha, size=size)
        if clip.asset and size > digests.SMALL_BYTES:
            Digest.objects.create(
                asset=clip.asset,
                edges=digests.edges(read),
                blocks=digests.blocks(read),
            )
    sent: list[str] = []

    def note(route: Route) -> None:
        sent.append(route.request.method)
        route.abort()

    page.route("**/dong-gop/tus/", note)
    sign_in(page, live_server.url, cast.lan)
    page.goto(live_server.url + reverse("uploads:new"))
    page.set_input_files('[data-part="file"]', file)
    box = page.locator('[data-part="same"]')
    expect(box).to_contain_text("Bài đầu", timeout=30_000)
    box.locator("button[value=keep]").click()
    expect(box).to_be_hidden()
    assert sent == []

    page.set_input_files('[data-part="file"]', file)
    box.locator("button[value=send]").click(timeout=30_000)
    expect(page.locator('[data-part="run"]')).to_be_visible(timeout=30_000)
    page.wait_for_function("() => document.querySelector('[data-state]')")
    page.close()
    assert sent[:1] == ["POST"]
