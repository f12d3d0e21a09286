"""The page about consent and the queue: who sees them, and what their buttons do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from library.clips.models import ClipPage
from library.consent import problems
from library.consent.models import ConsentCase, PersonSeen, Problem
from tests.cast import Cast, signed_in
from tests.factories import published_clip
from tests.library.consent.test_papers import PDF, file
from tests.library.consent.test_people import told

pytestmark = pytest.mark.django_db
SURE = {"why": "Mẹ của em yêu cầu", "sure": "on"}


@pytest.fixture
def clip(cast: Cast, local_storages: Path) -> ClipPage:
    return published_clip(cast.school_a, cast.lan, cast.an)


@pytest.fixture
def problem(clip: ClipPage) -> Problem:
    told = {"reason": "image", "words": "Con tôi có trong clip", "email": ""}
    return problems.take(clip, told, "one")


def test_only_the_units_people_and_those_above_come_in(
    cast: Cast, clip: ClipPage, problem: Problem
) -> None:
    for name in ("consent:clip", "consent:withdraw"):
        path = reverse(name, args=[clip.pk])
        seen = {
            who: signed_in(getattr(cast, who)).get(path).status_code
            for who in ("lan", "minh", "an", "hoa", "tu", "nam")
        }
        assert seen == dict.fromkeys(("lan", "minh", "an"), 200) | dict.fromkeys(
            ("hoa", "tu", "nam"), 404
        )
    for path in (
        reverse("problems:problem", args=[problem.pk]),
        reverse("problems:withdraw", args=[problem.pk]),
    ):
        for who, answer in (("minh", 200), ("an", 200), ("tu", 404), ("nam", 404)):
            assert signed_in(getattr(cast, who)).get(path).status_code == answer


def test_a_contributor_withdraws_and_writes_down_the_way_back(
    cast: Cast, clip: ClipPage
) -> None:
    client = signed_in(cast.lan)
    path = reverse("consent:withdraw", args=[clip.pk])
    assert client.post(path, {"why": "Mẹ gọi"}).status_code == 422
    page = client.post(path, SURE, follow=True).content.decode()
    assert "không còn công khai" in page
    assert SURE["why"] in page
    assert not ClipPage.objects.get(pk=clip.pk).live
    back = reverse("consent:give_anew", args=[clip.pk])
    assert client.post(back, {"how": "Đã ký lại"}, follow=True).status_code == 200
    assert ConsentCase.objects.get().how == "Đã ký lại"
    assert client.get(back).status_code == 302


def test_the_queue_shows_what_waits_and_who_answered(
    cast: Cast, problem: Problem
) -> None:
    client = signed_in(cast.minh)
    queue = reverse("problems:queue")
    assert "Con tôi có trong clip" in client.get(queue).content.decode()
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert queue in home
    assert "(1)" in home
    path = reverse("problems:problem", args=[problem.pk])
    page = client.post(path, {"words": "Chúng tôi đã gỡ"}, follow=True)
    assert "Chúng tôi đã gỡ" in page.content.decode()
    assert "Con tôi" not in client.get(queue).content.decode()
    answered = client.get(queue, {"state": "answered"}).content.decode()
    assert "Minh" in answered
    client.post(reverse("problems:done", args=[problem.pk]))
    problem.refresh_from_db()
    assert problem.state == "done"
    for who in ("lan", "nam"):
        assert signed_in(getattr(cast, who)).get(queue).status_code in {302, 404}


def test_a_report_of_a_persons_image_withdraws_in_one_act(
    cast: Cast, problem: Problem
) -> None:
    client = signed_in(cast.minh)
    path = reverse("problems:withdraw", args=[problem.pk])
    assert (
        path
        in client.get(reverse("problems:problem", args=[problem.pk])).content.decode()
    )
    client.post(path, SURE)
    case = ConsentCase.objects.get()
    assert (case.problem, case.opened_by) == (problem, cast.minh)
    assert not ClipPage.objects.get(pk=problem.clip_id).live
    again = client.post(path, SURE, follow=True).content.decode()
    assert "từ trước" in again


def test_a_contributor_writes_down_who_is_seen(cast: Cast, clip: ClipPage) -> None:
    client = signed_in(cast.lan)
    add = reverse("consent:add", args=[clip.pk])
    assert client.post(add, told(who="")).status_code == 422
    sent = told(paper=file(PDF))
    page = client.post(add, sent, follow=True).content.decode()
    assert "Em Mai, lớp 7A" in page
    assert "Đã có đủ những gì cần" in page
    seen = PersonSeen.objects.get()
    change = reverse("consent:person", args=[seen.pk])
    assert client.get(change).status_code == 200
    refused = client.post(change, {**told(), "guardian_agreed_on": ""})
    assert "hãy gỡ clip" in refused.content.decode()  # it is public
    client.post(reverse("consent:remove", args=[seen.pk]))
    assert PersonSeen.objects.get().is_complete


def test_people_of_another_unit_see_nobody(cast: Cast, clip: ClipPage) -> None:
    seen = PersonSeen.objects.create(clip=clip, who="Em Mai")
    for name, number in (
        ("consent:add", clip.pk),
        ("consent:person", seen.pk),
        ("consent:paper", seen.pk),
    ):
        path = reverse(name, args=[number])
        assert signed_in(cast.hoa).get(path).status_code == 404
    removing = reverse("consent:remove", args=[seen.pk])
    assert signed_in(cast.hoa).post(removing).status_code == 404
    assert PersonSeen.objects.exists()
