"""Claiming, giving back and taking over from the pages; the queue says who has what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from library.clips.models import ClipPage
from library.review import chain, claims
from library.review.models import ReviewTaskState
from library.units.models import Role
from media_pipeline.jobs.models import Job
from tests.cast import Cast, member, person


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def page(client: Client, name: str, clip: ClipPage) -> str:
    return client.get(reverse(name, args=[clip.pk])).content.decode()


def test_a_claim_shows_to_both(cast: Cast, clip: ClipPage, client: Client) -> None:
    thu = person("thu")
    member(thu, cast.district, Role.CURATOR)
    client.force_login(cast.minh)
    assert "Tôi nhận duyệt" in page(client, "review:clip", clip)
    client.post(reverse("review:claim", args=[clip.pk]))
    own = page(client, "review:clip", clip)
    assert reverse("review:give_back", args=[clip.pk]) in own
    assert "review-answer--approve" in own
    client.force_login(thu)
    other = page(client, "review:clip", clip)
    assert "Minh đang nhận duyệt clip này" in other
    assert reverse("review:take_over", args=[clip.pk]) in other
    assert "review-answer--approve" not in other
    queue = client.get(reverse("review:queue")).content.decode()
    assert "Minh đang nhận duyệt" in queue
    told = client.get(reverse("review:progress", args=[clip.pk])).json()
    assert (told["code"], told["news"]) == ("held", "Minh đang nhận duyệt clip này.")


def test_who_lost_it_hears_so_and_a_late_answer_is_a_sentence(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    thu = person("thu")
    member(thu, cast.district, Role.CURATOR)
    claims.take(step(clip), cast.minh)
    client.force_login(thu)
    take_over = reverse("review:take_over", args=[clip.pk])
    assert "Minh đang nhận duyệt clip này" in client.get(take_over).content.decode()
    assert claims.holder_of(step(clip)) == cast.minh  # a look takes nothing
    client.post(take_over, {"from": cast.minh.pk})
    assert claims.holder_of(step(clip)) == thu
    (job,) = Job.objects.filter(key__startswith="mail/taken_over/")
    assert job.spec["user"] == cast.minh.pk
    client.force_login(cast.minh)
    late = client.post(
        reverse("review:answer", args=[clip.pk, "approve"]), {}, follow=True
    )
    assert "Thu đang nhận duyệt clip này" in late.content.decode()
    assert chain.standing(clip).stand == chain.Stand.WAITING


def test_giving_back_twice_is_harmless(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    client.post(reverse("review:claim", args=[clip.pk]))
    for _again in range(2):
        assert (
            client.post(reverse("review:give_back", args=[clip.pk])).status_code == 302
        )
    assert step(clip).claimed_by is None


@pytest.mark.parametrize("who", ["tu", "hoa", "nam", "lan"])
@pytest.mark.parametrize("name", ["claim", "give_back", "take_over"])
def test_others_do_not_find_it(
    cast: Cast, clip: ClipPage, client: Client, who: str, name: str
) -> None:
    claims.take(step(clip), cast.minh)
    client.force_login(getattr(cast, who))
    assert client.post(reverse(f"review:{name}", args=[clip.pk])).status_code == 404
    assert claims.holder_of(step(clip)) == cast.minh


def test_who_may_look_but_not_answer_claims_nothing(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    above = person("thu")
    member(above, cast.province, Role.CURATOR)  # Minh's unit is nearer
    client.force_login(above)
    assert client.get(reverse("review:clip", args=[clip.pk])).status_code == 200
    for name in ("claim", "take_over"):
        assert client.post(reverse(f"review:{name}", args=[clip.pk])).status_code == 404


def test_an_answered_clip_is_a_sentence(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    chain.approve(step(clip), cast.minh)
    client.force_login(cast.minh)
    for name in ("claim", "take_over"):
        late = client.post(reverse(f"review:{name}", args=[clip.pk]), follow=True)
        assert "đã có người trả lời" in late.content.decode()
