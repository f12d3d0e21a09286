"""Promoted results in the admin: added, mended, put in order, deleted, by who may."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query as Words
from wagtail.contrib.search_promotions.models import SearchPromotion

from library.clips.models import ClipPage
from library.sought.promotions import promoted
from library.units.models import Role
from search.queries import Query
from tests.cast import Cast, member, person, signed_in
from tests.library.clips import factories

INDEX, ADD = "wagtailsearchpromotions:index", "wagtailsearchpromotions:add"


@pytest.fixture
def head(cast: Cast) -> User:
    user = person("ha")
    member(user, cast.province, Role.ADMIN)
    return user


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    return factories.live(cast.school_a, cast.lan, title="Đạo hàm là gì")


def form(words: str, *clips: ClipPage, initial: int = 0) -> dict[str, object]:
    data: dict[str, object] = {
        "query_string": words,
        "editors_picks-TOTAL_FORMS": len(clips),
        "editors_picks-INITIAL_FORMS": initial,
        "editors_picks-MIN_NUM_FORMS": 0,
        "editors_picks-MAX_NUM_FORMS": 1000,
    }
    for number, one in enumerate(clips):
        data[f"editors_picks-{number}-page"] = one.pk
        data[f"editors_picks-{number}-ORDER"] = number + 1
    return data


def test_a_clip_is_promoted_and_shown(head: User, clip: ClipPage) -> None:
    client = signed_in(head)
    assert client.post(reverse(ADD), form("Đạo Hàm", clip)).status_code == 302
    assert promoted(Query("dao ham")) == [clip.pk]
    page = client.get(reverse(INDEX)).content.decode()
    assert "đạo hàm" in page
    assert "Đạo hàm là gì" in page


@pytest.mark.parametrize("asked", ["dao ham", "đạo"])
def test_the_list_is_searched_without_marks(
    head: User, clip: ClipPage, asked: str
) -> None:
    client = signed_in(head)
    client.post(reverse(ADD), form("đạo hàm", clip))
    client.post(reverse(ADD), form("tích phân", clip))
    page = client.get(reverse("wagtailsearchpromotions:index_results"), {"q": asked})
    assert "đạo hàm" in page.content.decode()
    assert "tích phân" not in page.content.decode()


def test_a_wrong_answer_is_explained(cast: Cast, head: User, clip: ClipPage) -> None:
    draft = factories.ready(cast.school_a, cast.lan)
    client = signed_in(head)
    for wrong, said in (
        (form("đạo hàm"), "Hãy chọn ít nhất một clip"),
        (form("đạo hàm", draft), "Hãy chọn clip đã đăng"),
        (form("!!", clip), "Hãy viết ít nhất một từ"),
        (form("", clip), ""),
    ):
        answer = client.post(reverse(ADD), wrong)
        assert answer.status_code == 200
        assert said in answer.content.decode()
    assert not SearchPromotion.objects.exists()


def test_words_are_mended_and_promotions_deleted(head: User, clip: ClipPage) -> None:
    client = signed_in(head)
    client.post(reverse(ADD), form("đạo hàm", clip))
    edit = reverse("wagtailsearchpromotions:edit", args=[Words.objects.get().pk])
    assert "Đạo hàm là gì" in client.get(edit).content.decode()
    mended = form("tích phân", clip, initial=1)
    mended["editors_picks-0-id"] = SearchPromotion.objects.get().pk
    assert client.post(edit, mended).status_code == 302
    assert promoted(Query("tich phan")) == [clip.pk]
    assert promoted(Query("dao ham")) == []
    words = Words.objects.get(query_string="tích phân")
    client.post(reverse("wagtailsearchpromotions:delete", args=[words.pk]))
    assert promoted(Query("tich phan")) == []


def test_nobody_else_reaches_them(cast: Cast, clip: ClipPage, head: User) -> None:
    signed_in(head).post(reverse(ADD), form("đạo hàm", clip))
    words = Words.objects.get().pk
    school = person("admin-a")
    member(school, cast.school_a, Role.ADMIN)
    for user in (school, cast.minh, cast.lan, cast.nam):
        client = signed_in(user)
        for name, args in (
            (INDEX, []),
            (ADD, []),
            ("wagtailsearchpromotions:edit", [words]),
        ):
            assert client.get(reverse(name, args=args)).status_code in {302, 403}
        client.post(reverse("wagtailsearchpromotions:delete", args=[words]))
        client.post(reverse(ADD), form("của tôi", clip))
    assert [one.query.query_string for one in SearchPromotion.objects.all()] == [
        "đạo hàm"
    ]


def test_a_promotion_of_a_clip_that_was_withdrawn_is_still_listed(
    head: User, clip: ClipPage
) -> None:
    """Its editor sees why nothing shows: the clip's own page says so."""
    client = signed_in(head)
    client.post(reverse(ADD), form("đạo hàm", clip))
    clip.unpublish()
    assert promoted(Query("dao ham")) == []
    assert "Đạo hàm là gì" in client.get(reverse(INDEX)).content.decode()
