"""The queue's ticks lead to a preview, the preview to a page that tells each clip."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain
from tests.cast import Cast
from tests.factories import playable_clip

BULK = "review:bulk"


def ticks(page: str) -> list[str]:
    return re.findall(r'name="approve" value="(\d+-\d+)"', page)


def test_from_the_queue_to_what_became_of_each(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    second = playable_clip(cast.school_a, cast.lan, "Bài hai")
    chain.submit(second, cast.lan)
    client.force_login(cast.minh)
    queue = client.get(reverse("review:queue")).content.decode()
    assert f'name="clip" value="{clip.pk}"' in queue
    page = client.get(reverse(BULK), {"clip": [clip.pk, second.pk]}).content.decode()
    assert clip.title in page
    assert "Bài hai" in page
    assert "Chưa có phụ đề" in page
    state = chain.waiting_step(second)
    assert state is not None
    chain.ask_for_changes(state, cast.minh, "other", "Sửa giúp")  # meanwhile
    done = client.post(reverse(BULK), {"approve": ticks(page)}).content.decode()
    assert "1 clip chưa được duyệt" in done
    assert clip.title in done
    assert ClipPage.objects.get(pk=clip.pk).live
    assert not ClipPage.objects.get(pk=second.pk).live


@pytest.mark.parametrize("who", ["tu", "hoa", "lan", "nam"])
def test_others_see_and_approve_nothing(
    cast: Cast, clip: ClipPage, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who))
    page = client.get(reverse(BULK), {"clip": clip.pk}, follow=True).content.decode()
    assert clip.title not in page
    state = chain.waiting_step(clip)
    assert state is not None
    done = client.post(reverse(BULK), {"approve": f"{clip.pk}-{state.pk}"})
    assert clip.title not in done.content.decode()
    assert not ClipPage.objects.get(pk=clip.pk).live


@pytest.mark.parametrize("odd", ["", "x", "1", "1-", "-", "1-2-3", "²-1", "9" * 40])
def test_odd_input_approves_nothing(
    cast: Cast, clip: ClipPage, client: Client, odd: str
) -> None:
    client.force_login(cast.minh)
    assert client.post(reverse(BULK), {"approve": odd}).status_code == 200
    assert client.get(reverse(BULK), {"clip": odd}).status_code in {302, 200}
    assert not ClipPage.objects.get(pk=clip.pk).live
