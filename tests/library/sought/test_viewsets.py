"""Synonyms in the admin: added, mended, deleted, tried, by who looks after the search."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from library.clips import records
from library.sought.viewsets import trial_of
from library.units.models import Role
from search import index
from search.queries import Query
from search.vocabulary.models import Synonym
from tests.cast import Cast, member, person, signed_in
from tests.library.clips import factories

FORM = {"words": "XYZT", "means": "Đường  tròn"}


@pytest.fixture
def head(cast: Cast) -> User:
    user = person("ha")
    member(user, cast.province, Role.ADMIN)
    return user


@pytest.fixture
def circle(cast: Cast) -> int:
    clip = factories.live(cast.school_a, cast.lan, title="Đường tròn")
    index.put(records.record_of(clip))
    return int(clip.pk)


def test_a_synonym_works_from_the_moment_it_is_saved(head: User, circle: int) -> None:
    assert index.search(Query("xyzt")).total == 0
    client = signed_in(head)
    assert client.post(reverse("synonyms:add"), FORM).status_code == 302
    row = Synonym.objects.get(words="xyzt")
    assert (row.means, row.both_ways) == ("đường tròn", False)
    assert [hit.id for hit in index.search(Query("xyzt")).hits] == [circle]
    client.post(reverse("synonyms:delete", args=[row.pk]))
    assert index.search(Query("xyzt")).total == 0


def test_a_synonym_is_mended_and_its_form_says_what_is_found_now(
    head: User, circle: int
) -> None:
    client = signed_in(head)
    client.post(reverse("synonyms:add"), FORM)
    edit = reverse("synonyms:edit", args=[Synonym.objects.get(words="xyzt").pk])
    assert "“xyzt” tìm thấy 1 clip" in client.get(edit).content.decode()
    assert client.post(edit, {**FORM, "both_ways": "on"}).status_code == 302
    assert Synonym.objects.get(words="xyzt").both_ways


def test_the_form_opens_filled_in_and_says_what_is_found_now(
    head: User, circle: int
) -> None:
    client = signed_in(head)
    page = client.get(reverse("synonyms:add"), {"words": "khong co gi"})
    assert page.context["form"]["words"].value() == "khong co gi"
    assert "“khong co gi” tìm thấy 0 clip" in page.content.decode()
    assert "Hiện nay" not in client.get(reverse("synonyms:add")).content.decode()


def test_a_trial_counts_what_has_all_the_words(circle: int) -> None:
    assert trial_of("duong tron").clips == 1
    assert trial_of("duong chet").clips == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": ""}, "Không được để trống"),
        ({"means": "?!"}, "không có chữ cái"),
        ({"means": "xyzt"}, "vốn đã là một từ"),
        ({"words": "x" * 81}, "80"),
        ({"words": "một hai ba bốn năm sáu bảy tám chín"}, "Nhiều nhất 8 từ"),
    ],
)
def test_a_wrong_answer_is_explained(
    head: User, wrong: dict[str, str], said: str
) -> None:
    before = Synonym.objects.count()
    answer = signed_in(head).post(reverse("synonyms:add"), {**FORM, **wrong})
    assert answer.status_code == 200
    form = answer.context["form"]
    assert said in str(form.errors)
    assert form.errors
    assert Synonym.objects.count() == before


def test_the_same_synonym_stands_once(head: User) -> None:
    client = signed_in(head)
    for words in ("xyzt", "XYZT "):
        client.post(reverse("synonyms:add"), {**FORM, "words": words})
    assert Synonym.objects.filter(words="xyzt").count() == 1


@pytest.mark.parametrize("asked", ["duong", "đường", "xyz"])
def test_the_list_is_searched_without_marks(head: User, asked: str) -> None:
    client = signed_in(head)
    client.post(reverse("synonyms:add"), FORM)
    client.post(reverse("synonyms:add"), {"words": "abcd", "means": "tích phân"})
    listed = client.get(reverse("synonyms:index_results"), {"q": asked})
    assert "đường tròn" in listed.content.decode()
    assert "tích phân" not in listed.content.decode()


def test_nobody_else_reaches_them(cast: Cast) -> None:
    row = Synonym.objects.create(words="xyzt", means="đường tròn")
    school = person("admin-a")
    member(school, cast.school_a, Role.ADMIN)
    for user in (school, cast.minh, cast.lan, cast.nam):
        client = signed_in(user)
        for name, args in (("index", []), ("add", []), ("edit", [row.pk])):
            address = reverse(f"synonyms:{name}", args=args)
            assert client.get(address).status_code in {302, 403}
        client.post(reverse("synonyms:add"), {"words": "abcd", "means": "tích phân"})
        client.post(reverse("synonyms:delete", args=[row.pk]))
    assert Synonym.objects.filter(pk=row.pk).exists()
    assert not Synonym.objects.filter(words="abcd").exists()
