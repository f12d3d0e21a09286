"""The reviewer's page gets everything of the clip, and only the right people get it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from library.clips import captions, gate
from library.clips.encoding import Work
from library.clips.models import ClipPage
from library.review import chain
from library.review.dossier import dossier
from library.review.errors import RefusedError
from media_pipeline.models import Asset
from media_pipeline.states import State
from tests.cast import Cast
from tests.factories import only_watchable, playable_clip, whole

VTT = "WEBVTT\n\n00:01.000 --> 00:03.000\nXin chào các bạn\n"


def test_the_curator_above_gets_all_of_it(cast: Cast, workflow: object) -> None:
    clip = playable_clip(
        cast.school_a, cast.lan, description="Cách giải", speakers=["Cô Hạnh"]
    )
    captions.take(clip, cast.lan, "vi", VTT.encode())
    chain.submit(clip, cast.lan)
    found = dossier(clip, cast.minh)
    assert found is not None
    assert found.may_answer
    assert found.may_approve
    assert found.units[-1] == "Đoàn trường THPT Đồng Xoài"
    values = {detail.value for detail in found.details}
    assert {"Cách giải", "Toán", "Cô Hạnh"} <= values
    assert [(line.clock, line.text) for line in found.transcript] == [
        ("0:01", "Xin chào các bạn")
    ]
    assert found.playback.download_url.endswith("clip.mp4")


@pytest.mark.parametrize("who", ["lan", "hoa", "tu", "bao", "nam"])
def test_others_get_nothing(cast: Cast, clip: ClipPage, who: str) -> None:
    assert dossier(clip, getattr(cast, who)) is None


def test_who_submitted_it_reads_why_somebody_else_decides(
    cast: Cast, workflow: object
) -> None:
    clip = playable_clip(cast.school_b, cast.tu)
    chain.submit(clip, cast.tu)
    found = dossier(clip, cast.tu)
    assert found is not None
    assert not found.may_answer
    assert found.why_not


def test_a_curator_further_up_reads_whose_turn_it_is(
    cast: Cast, workflow: object
) -> None:
    clip = playable_clip(cast.school_b, cast.hoa)
    chain.submit(clip, cast.hoa)
    found = dossier(clip, cast.minh)
    assert found is not None
    assert not found.may_answer
    assert "Đoàn trường THPT Hùng Vương" in found.why_not


def test_what_is_in_the_way_is_named(cast: Cast, clip: ClipPage) -> None:
    ClipPage.objects.filter(pk=clip.pk).update(asset=None)
    found = dossier(ClipPage.objects.get(pk=clip.pk), cast.minh)
    assert found is not None
    assert found.may_answer
    assert not found.may_approve
    assert [one.code for one in found.obstacles] == ["video"]


def test_while_it_is_encoded_the_page_says_why_it_cannot_be_approved(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    only_watchable(clip)
    found = dossier(ClipPage.objects.get(pk=clip.pk), cast.minh)
    assert found is not None
    assert (found.may_answer, found.may_approve) == (True, False)
    assert found.obstacles == (gate.NOT_WHOLE,)
    assert found.work == Work(percent=40, words="còn khoảng 3 phút")
    assert (found.code, found.news) == ("waits", "")
    client.force_login(cast.minh)
    page = client.get(reverse("review:clip", args=[clip.pk])).content.decode()
    assert str(gate.NOT_WHOLE.sentence) in page
    with pytest.raises(RefusedError):
        chain.approve(found.step, cast.minh)


def test_what_became_of_the_waiting_is_said_in_a_sentence(
    cast: Cast, clip: ClipPage
) -> None:
    asset = only_watchable(clip)
    Asset.objects.filter(pk=asset.pk).update(state=State.FAILED)
    assert code_and_news(clip, cast.minh)[0] == "stopped"
    assert "vẫn an toàn" in code_and_news(clip, cast.minh)[1]
    whole(asset)
    ready = ("ready", "Video đã chuyển mã xong: bạn có thể duyệt ngay.")
    assert code_and_news(clip, cast.minh) == ready
    step = chain.waiting_step(clip)
    assert step is not None
    chain.reject(step, cast.minh, "quality", "Tiếng nhỏ quá")
    assert code_and_news(clip, cast.minh)[0] == "answered"


def code_and_news(clip: ClipPage, user: User) -> tuple[str, str]:
    found = dossier(ClipPage.objects.get(pk=clip.pk), user)
    assert found is not None
    return found.code, found.news
