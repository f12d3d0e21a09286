"""The contributor reads on the clip's own page what was said in all rounds."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain
from tests.cast import Cast
from tests.factories import playable_clip


def page_of(client: Client, clip: ClipPage) -> str:
    return client.get(reverse("uploads:clip", args=[clip.pk])).content.decode()


def ask(clip: ClipPage, cast: Cast, reason: str, words: str) -> None:
    state = chain.waiting_step(clip)
    assert state is not None
    chain.ask_for_changes(state, cast.minh, reason, words)


def test_every_round_stays_with_reason_and_words(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    ask(clip, cast, "quality", "Tiếng ở phút 2 nhỏ quá")
    chain.submit(clip, cast.lan)
    ask(clip, cast, "rights", "Nhạc này <của ai>?")
    client.force_login(cast.lan)
    page = page_of(client, clip)
    first, second = page.index("Tiếng ở phút 2 nhỏ quá"), page.index("&lt;của ai&gt;?")
    assert first < second
    assert "Âm thanh hoặc hình ảnh" in page
    assert page.count("thread__answer--changes") == 2
    assert page.count("thread__answer--submitted") == 2


def test_the_last_answer_is_also_told_without_unfolding_it(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    ask(clip, cast, "other", "Sửa giúp")
    client.force_login(cast.lan)
    page = page_of(client, clip)
    assert '<details class="thread">' in page
    assert (
        "Sửa giúp"
        in page[: page.index('class="thread"')] + page[page.index("</details>") :]
    )


def test_a_draft_has_none(cast: Cast, client: Client) -> None:
    client.force_login(cast.lan)
    draft = playable_clip(cast.school_a, cast.lan)
    assert 'class="thread"' not in page_of(client, draft)
