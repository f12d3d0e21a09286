"""Two clips side by side: who may open the page, and what it asks."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.duplicates.models import Ruling, Verdict
from library.review import chain, setup
from tests.cast import Cast, signed_in
from tests.library.duplicates.factories import alike, draft_of, published


@pytest.fixture
def draft(cast: Cast) -> ClipPage:
    setup.ensure_workflow()
    clip = draft_of(cast.school_a, cast.lan, "Bài gửi duyệt", sha256="")
    chain.submit(clip, cast.lan)
    return clip


@pytest.fixture
def public(cast: Cast, draft: ClipPage) -> ClipPage:
    clip = published(
        draft_of(cast.school_c, cast.bao, "Bài đã đăng", sha256=""), cast.an
    )
    alike(draft, clip)
    return clip


def address(clip: ClipPage, other: ClipPage) -> str:
    return reverse("pairs:compare", args=[clip.pk, other.pk])


def ruling(
    verdict: str = Verdict.DUPLICATE, words: str = "Cùng một bài"
) -> dict[str, str]:
    return {"verdict": verdict, "words": words, "seen": ""}


@pytest.fixture
def minh(cast: Cast) -> Client:
    return signed_in(cast.minh)


def test_the_reviewers_page_leads_to_both_side_by_side(
    minh: Client, draft: ClipPage, public: ClipPage
) -> None:
    page = minh.get(reverse("review:clip", args=[draft.pk])).content.decode()
    assert address(draft, public) in page
    beside = minh.get(address(draft, public)).content.decode()
    assert beside.count("<video") == 2
    assert "Bài gửi duyệt" in beside
    assert "Bài đã đăng" in beside


def test_the_decision_is_kept_and_not_asked_again(
    minh: Client, draft: ClipPage, public: ClipPage
) -> None:
    answer = minh.post(address(draft, public), ruling())
    assert answer.status_code == 302
    assert Ruling.objects.get().clip == draft
    page = minh.get(address(draft, public)).content.decode()
    assert "<details open" not in page
    assert "Cùng một bài" in page


@pytest.mark.parametrize(
    "said", [ruling(words=""), ruling(verdict=""), ruling(verdict="x")]
)
def test_without_a_verdict_and_words_nothing_is_decided(
    minh: Client, draft: ClipPage, public: ClipPage, said: dict[str, str]
) -> None:
    assert minh.post(address(draft, public), said).status_code == 422
    assert not Ruling.objects.exists()


def test_a_foreign_draft_has_no_page_and_no_name(
    cast: Cast, minh: Client, draft: ClipPage
) -> None:
    secret = draft_of(cast.school_c, cast.bao, "Bài kín", sha256="")
    alike(draft, secret)
    page = minh.get(reverse("review:clip", args=[draft.pk])).content.decode()
    assert "Bài kín" not in page
    for send in (minh.get, minh.post):
        assert send(address(draft, secret), ruling()).status_code == 404
    assert not Ruling.objects.exists()


@pytest.mark.parametrize("who", ["lan", "hoa", "tu", "bao", "nam"])
def test_others_find_no_page(
    cast: Cast, draft: ClipPage, public: ClipPage, who: str
) -> None:
    client = signed_in(getattr(cast, who))
    for send in (client.get, client.post):
        assert send(address(draft, public), ruling()).status_code in {302, 404}
    assert not Ruling.objects.exists()


def test_clips_that_are_no_pair_have_no_page(
    cast: Cast, minh: Client, draft: ClipPage
) -> None:
    other = draft_of(cast.school_a, cast.lan, "Bài khác", sha256="")
    assert minh.get(address(draft, other)).status_code == 404
