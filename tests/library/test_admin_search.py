"""Wagtail's own search finds Vietnamese with and without marks, and nobody else's drafts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from modelsearch.backends.database.fallback import DatabaseSearchBackend
from modelsearch.query import MATCH_NONE, And, Boost, Not, Phrase, PlainText
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends import get_search_backend

from library.admin_search import _folding, folded_question
from library.clips.models import ClipPage
from library.units.models import UnitPage
from tests.cast import Cast, signed_in
from tests.library.clips import factories

pytestmark = pytest.mark.django_db

TITLES = (
    "Đường tròn và tiếp tuyến",
    "Đạo hàm của hàm số",
    "Kĩ năng sống dưới nước",
    "Hòa bình và hợp tác",
)


@pytest.fixture(autouse=True)
def drafts(cast: Cast) -> list[ClipPage]:
    made = [draft(cast.school_a, cast.lan, title) for title in TITLES]
    indexed(made)
    return made


def draft(unit: UnitPage, owner: User, title: str) -> ClipPage:
    clip = factories.draft(unit, owner)
    clip.title = clip.draft_title = title
    clip.save()
    return clip


def indexed(pages: Iterable[Page]) -> None:
    """What a task does in its time."""
    for page in pages:
        index.insert_or_update_object(page)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


SPELLINGS = [
    ("duong", "Đường tròn"),
    ("đường", "Đường tròn"),
    ("ĐƯỜNG TRÒN", "Đường tròn"),
    (nfd("đường tròn"), "Đường tròn"),
    ("duong tiep", "Đường tròn"),
    ("dao ham", "Đạo hàm"),
    ("đạo hàm", "Đạo hàm"),
    (nfd("Đạo hàm"), "Đạo hàm"),
    ("ky nang", "Kĩ năng"),
    ("kỹ năng", "Kĩ năng"),
    ("hoà bình", "Hòa bình"),
]


@pytest.mark.parametrize(("asked", "wanted"), SPELLINGS)
def test_pages_are_found_however_the_words_are_spelt(asked: str, wanted: str) -> None:
    for found in (Page.objects.autocomplete(asked), Page.objects.search(asked)):
        assert [page.title for page in found if page.title.startswith(wanted)]
        assert found.count() == 1


def test_the_beginning_of_a_word_is_enough_while_typing() -> None:
    assert [page.title for page in Page.objects.autocomplete("tiếp tuy")] == [TITLES[0]]
    found = {page.title for page in Page.objects.autocomplete("duo")}
    assert found == {TITLES[0], TITLES[2]}


@pytest.mark.parametrize("asked", ["duong", "đường", nfd("đường")])
@pytest.mark.parametrize(
    "address",
    [
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_explore_root",
    ],
)
def test_the_admins_lists_and_choosers_find_it(
    cast: Cast, address: str, asked: str
) -> None:
    client = signed_in(cast.an)
    answer = client.get(reverse(address), {"q": asked, "page_type": "clips.clippage"})
    assert TITLES[0] in answer.content.decode()
    assert TITLES[1] not in answer.content.decode()


@pytest.mark.parametrize("asked", ["dao ham", "đạo hàm", "zqx"])
def test_nobody_finds_drafts_of_another_school(cast: Cast, asked: str) -> None:
    indexed([draft(cast.school_b, cast.hoa, "Đạo hàm Zqx của trường B")])
    for person in (cast.lan, cast.bao, cast.nam):
        for address in (
            "wagtailadmin_pages:search",
            "wagtailadmin_choose_page_search",
            "wagtailadmin_explore_root",
            "wagtailadmin_api:pages:listing",
        ):
            answer = signed_in(person).get(
                reverse(address), {"q": asked, "search": asked}
            )
            assert "zqx của" not in answer.content.decode().lower()
    mine = signed_in(cast.hoa).get(reverse("wagtailadmin_pages:search"), {"q": asked})
    assert "Zqx của" in mine.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "!!!",
        '"',
        "'",
        "a AND",
        "NOT",
        "*",
        "( )",
        "a:b",
        "\\",
        "x" * 3000,
        "\u0323\u0300",
        "😀",
        '"dao ham"',
        "dao -ham",
        "live:yes",
        "%",
        "x' OR 1=1 --",
    ],
)
def test_odd_words_break_nothing(cast: Cast, asked: str) -> None:
    client = signed_in(cast.an)
    for address in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search"):
        assert client.get(reverse(address), {"q": asked}).status_code == 200
    list(Page.objects.search(asked))


def test_a_row_that_changes_is_found_by_its_new_words_alone(
    drafts: list[ClipPage],
) -> None:
    drafts[0].title = "Tứ giác nội tiếp"
    drafts[0].save()
    indexed(drafts[:1])
    assert [page.title for page in Page.objects.search("tu giac")] == [drafts[0].title]
    assert not Page.objects.search("duong tron")


def test_an_index_of_an_older_release_is_folded_by_its_rebuilding(cast: Cast) -> None:
    get_search_backend().reset_indexes()
    assert not Page.objects.search("duong")
    call_command("update_index", verbosity=0)
    assert [page.title for page in Page.objects.search("duong")] == [TITLES[0]]


def test_questions_that_are_put_together_are_folded_in_each_part() -> None:
    asked = And([PlainText("Đạo hàm"), Not(Boost(Phrase("Đường"), 2.0))])
    assert repr(folded_question(asked)) == repr(
        And([PlainText("dao ham"), Not(Boost(Phrase("duong"), 2.0))])
    )
    assert folded_question(PlainText("?!")) is MATCH_NONE
    assert folded_question("?!") == ""


def test_a_database_without_an_index_is_asked_as_ever() -> None:
    """It compares with what stands in the tables, marks and all."""
    assert _folding(DatabaseSearchBackend) is DatabaseSearchBackend
