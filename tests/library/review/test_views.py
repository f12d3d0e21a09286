"""The reviewer's pages: who sees them, and what each answer does."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain
from media_pipeline.jobs.models import Job
from tests.cast import Cast
from tests.factories import only_watchable, playable_clip, whole

NO = {"reason": "quality", "comment": "Âm thanh nhỏ quá"}


def answer(clip: ClipPage, given: str) -> str:
    return reverse("review:answer", args=[clip.pk, given])


def test_the_queue_shows_what_waits_for_the_person(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    page = client.get(reverse("review:queue"))
    assert clip.title in page.content.decode()
    assert "Đoàn trường THPT Đồng Xoài" in page.content.decode()


@pytest.mark.parametrize("who", ["tu", "hoa", "nam", "lan"])
def test_others_see_an_empty_queue_and_no_clip(
    cast: Cast, clip: ClipPage, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert clip.title not in client.get(reverse("review:queue")).content.decode()
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (clip.title in home) == (who == "lan")  # among her own clips in review
    assert 'id="waiting-for-review' not in home
    assert client.get(reverse("review:clip", args=[clip.pk])).status_code == 404
    assert client.post(answer(clip, "approve")).status_code == 404
    assert client.post(answer(clip, "reject"), NO).status_code == 404
    withdraw = reverse("review:withdraw", args=[clip.pk])
    assert client.post(withdraw, {"why": "Thử"}).status_code == 404
    clip.refresh_from_db()
    assert chain.standing(clip).stand == chain.Stand.WAITING


def test_a_guest_is_sent_to_sign_in(clip: ClipPage, client: Client) -> None:
    response = client.get(reverse("review:clip", args=[clip.pk]))
    assert response.status_code == 302
    assert "/dang-nhap/" in response.headers["Location"]


def test_the_home_page_and_the_menu_say_how_many_wait(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert clip.title in home
    assert reverse("review:queue") in home
    assert "(1)" in home


def test_the_page_shows_the_clip_and_three_answers(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    page = client.get(reverse("review:clip", args=[clip.pk])).content.decode()
    assert "<video" in page
    assert "clip.mp4" in page
    for given in ("approve", "changes", "reject"):
        assert answer(clip, given) in page


def test_approve_is_absent_with_its_reason(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    ClipPage.objects.filter(pk=clip.pk).update(asset=None)
    client.force_login(cast.minh)
    page = client.get(reverse("review:clip", args=[clip.pk])).content.decode()
    assert answer(clip, "approve") not in page
    assert 'class="review-stop"' in page
    refused = client.post(answer(clip, "approve"), follow=True)
    assert refused.status_code == 200
    clip.refresh_from_db()
    assert not clip.live


def test_approving_publishes(cast: Cast, clip: ClipPage, client: Client) -> None:
    client.force_login(cast.minh)
    response = client.post(answer(clip, "approve"), {"comment": "Hay"})
    assert response.headers["Location"] == reverse("review:queue")
    clip.refresh_from_db()
    assert clip.live


@pytest.mark.parametrize(
    ("given", "stand"), [("changes", "changes"), ("reject", "rejected")]
)
def test_a_no_is_kept_with_its_reason(
    cast: Cast, clip: ClipPage, client: Client, given: str, stand: str
) -> None:
    client.force_login(cast.minh)
    client.post(answer(clip, given), NO)
    standing = chain.standing(clip)
    assert standing.stand == stand
    assert standing.answer is not None
    assert standing.answer.words == NO["comment"]


@pytest.mark.parametrize("given", ["changes", "reject"])
@pytest.mark.parametrize("missing", ["reason", "comment"])
def test_a_no_without_reason_or_words_stays_on_the_page(
    cast: Cast, clip: ClipPage, client: Client, given: str, missing: str
) -> None:
    client.force_login(cast.minh)
    response = client.post(answer(clip, given), {**NO, missing: ""})
    assert response.status_code == 422
    assert " open>" in response.content.decode()
    assert chain.standing(clip).stand == chain.Stand.WAITING


def test_withdrawing_asks_why(cast: Cast, clip: ClipPage, client: Client) -> None:
    client.force_login(cast.minh)
    address = reverse("review:withdraw", args=[clip.pk])
    assert "chưa được đăng" in client.get(address, follow=True).content.decode()
    client.post(answer(clip, "approve"))
    for words in (" ", "x" * 201):
        client.post(address, {"why": words})
        clip.refresh_from_db()
        assert clip.live
    client.post(address, {"why": "Phụ huynh yêu cầu"})
    clip.refresh_from_db()
    assert not clip.live
    assert chain.standing(clip).stand == chain.Stand.WITHDRAWN


def test_a_long_queue_costs_no_more_queries(
    cast: Cast,
    clip: ClipPage,
    client: Client,
) -> None:
    client.force_login(cast.minh)
    address = reverse("review:queue")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(6):
        chain.submit(playable_clip(cast.school_a, cast.lan, f"Bài {number}"), cast.lan)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_answers_ask_for_mails(cast: Cast, clip: ClipPage, client: Client) -> None:
    client.force_login(cast.minh)
    client.post(answer(clip, "changes"), NO)
    kinds = {job.key.split("/")[1] for job in Job.objects.filter(kind="mail")}
    assert kinds == {"waits", "changes"}


def test_a_page_that_waits_is_told_when_the_clip_can_be_approved(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    asset = only_watchable(clip)
    client.force_login(cast.minh)
    address = reverse("review:progress", args=[clip.pk])
    assert (
        address in client.get(reverse("review:clip", args=[clip.pk])).content.decode()
    )
    told = client.get(address).json()
    assert (told["code"], told["moves"], told["news"]) == ("waits", True, "")
    assert "40 %" in told["html"]
    assert answer(clip, "approve") not in told["html"]
    whole(asset)
    told = client.get(address).json()
    assert (told["code"], told["moves"]) == ("ready", False)
    assert answer(clip, "approve") in told["html"]
    assert "csrfmiddlewaretoken" in told["html"]


@pytest.mark.parametrize("who", ["tu", "hoa", "nam", "lan"])
def test_others_are_not_told(
    cast: Cast, clip: ClipPage, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who))
    told = client.get(reverse("review:progress", args=[clip.pk]))
    assert told.status_code == 404
    assert clip.title not in told.content.decode()


def test_an_answer_that_comes_too_late_is_a_sentence(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    client.post(answer(clip, "changes"), NO)
    told = client.get(reverse("review:progress", args=[clip.pk])).json()
    assert (told["code"], told["moves"]) == ("answered", False)
    late = client.post(answer(clip, "approve"), follow=True)
    assert late.status_code == 200
    assert "Lượt duyệt này đã có người trả lời" in late.content.decode()
    assert client.post(answer(clip, "nothing")).status_code == 404
