from __future__ import annotations

import pytest
from django.http import Http404, QueryDict
from django.test import Client

from library.catalogue.results import page_number, results_page
from library.clips import captions, records
from library.clips.models import ClipPage
from search import index
from tests.cast import Cast
from tests.factories import playable_clip
from tests.library.clips import factories


@pytest.fixture
def found(cast: Cast) -> dict[str, int]:
    """Three clips, two of them about the circle; as the journey would index them."""
    clips = {
        title: factories.live(cast.school_a, cast.lan, title=title)
        for title in ("Đường tròn", "Tiếp tuyến của đường tròn", "Số phức")
    }
    for clip in clips.values():
        index.put(records.record_of(clip))
    return {title: clip.pk for title, clip in clips.items()}


def titles(query: str) -> list[str]:
    return [result.card.title for result in results_page(QueryDict(query))["results"]]


def test_typing_without_marks_finds_and_keeps_the_engines_order(
    found: dict[str, int],
) -> None:
    ranked = index.search(results_page(QueryDict("q=duong tron"))["query"]).hits
    by_id = {pk: title for title, pk in found.items()}
    assert titles("q=duong tron") == [by_id[hit.id] for hit in ranked]
    assert set(titles("q=duong tron")) == set(found) - {"Số phức"}


def test_a_match_is_marked_in_its_own_spelling(found: dict[str, int]) -> None:
    (result,) = results_page(QueryDict("q=so phuc"))["results"]
    assert result.title == (("Số phức", True),)


def test_without_words_everything_is_shown_and_nothing_matches_best(
    found: dict[str, int],
) -> None:
    page = results_page(QueryDict(""))
    assert page["total"] == 3
    assert [(sort, now) for sort, _, now in page["sorts"]] == [
        ("newest", True),
        ("views", False),
    ]


def test_a_clip_withdrawn_a_moment_ago_is_left_out(
    cast: Cast, found: dict[str, int]
) -> None:

    ClipPage.objects.get(pk=found["Số phức"]).unpublish()
    assert titles("q=so phuc") == []


def test_the_order_is_offered_only_where_there_is_something_to_order(
    client: Client, found: dict[str, int]
) -> None:
    assert 'class="sorts"' in client.get("/tim-kiem/?q=duong").content.decode()
    assert 'class="sorts"' not in client.get("/tim-kiem/?q=phuc").content.decode()


def test_very_long_words_are_cut_in_the_heading_and_kept_in_the_field(
    client: Client, found: dict[str, int]
) -> None:
    page = client.get("/tim-kiem/", {"q": "a" * 300}).content.decode()
    heading = page[page.index("<h1>") : page.index("</h1>")]
    assert heading.count("a") < 100
    assert f'value="{"a" * 300}"' in page


def test_facets_narrow(found: dict[str, int]) -> None:
    assert len(titles("q=duong&mon=toan")) == 2
    assert titles("q=duong&mon=khong-co") == []
    assert len(titles("don-vi=dong-xoai")) == 3
    assert titles("don-vi=bu-dang") == []


@pytest.mark.parametrize("page", ["0", "-1", "x", "52", "999999999999", "²"])
def test_a_page_that_cannot_be_is_not_found(page: str) -> None:
    with pytest.raises(Http404):
        page_number(QueryDict(f"page={page}"))


def test_an_order_that_is_not_offered_is_not_found(db: None) -> None:
    with pytest.raises(Http404):
        results_page(QueryDict("q=x&sort=price"))


@pytest.mark.parametrize(
    "text", ["", "*", '"', "'); DROP", "🙂", "a" * 5000, "%00", "  "]
)
def test_odd_words_never_fail(db: None, text: str) -> None:
    parameters = QueryDict(mutable=True)
    parameters["q"] = text
    assert results_page(parameters)["results"] == []


def test_a_page_behind_the_last_is_not_found(found: dict[str, int]) -> None:
    assert results_page(QueryDict("q=duong&page=1"))["total"] == 2
    for query in ("q=duong&page=2", "q=khong-co&page=2"):
        with pytest.raises(Http404):
            results_page(QueryDict(query))


def test_where_filters_leave_nothing_the_page_says_what_there_is_without(
    found: dict[str, int],
) -> None:
    assert results_page(QueryDict("q=duong&mon=khong-co"))["elsewhere"] == 2
    nothing = results_page(QueryDict("q=khongcogi&mon=toan"))
    assert nothing["elsewhere"] == 0
    assert [door.code for door in nothing["doors"]] == ["toan"]
    assert "doors" not in results_page(QueryDict("q=duong"))


def test_a_clip_with_many_moments_leads_to_the_search_inside_it(cast: Cast) -> None:
    lines = [f"00:{n:02}.000 --> 00:{n:02}.900\nĐạo hàm {n}" for n in range(10, 15)]
    for title, said in (("Một", lines[:2]), ("Hai", lines)):
        draft = playable_clip(cast.school_a, cast.lan, title=title)
        vtt = "\n\n".join(["WEBVTT", *said])
        clip = captions.take(draft, cast.lan, "vi", vtt.encode())
        factories.approve(clip)
        clip.get_latest_revision().publish()
        index.put(records.record_of(ClipPage.objects.get(pk=clip.pk)))
    results = results_page(QueryDict("q=dao ham"))["results"]
    by_title = {result.card.title: result for result in results}
    assert len(by_title["Hai"].moments) == 3
    assert by_title["Hai"].inside_url.endswith("/?tim=dao+ham#loi-thoai")
    assert by_title["Một"].inside_url == ""
    assert by_title["Một"].moments[0].text[0] == ("Đạo hàm", True)
    assert by_title["Một"].moments[0].url.endswith("/?t=10")


def test_the_page_says_when_only_some_of_the_words_were_found(
    client: Client, found: dict[str, int]
) -> None:
    assert results_page(QueryDict("q=duong tron"))["any_word"] is False
    page = results_page(QueryDict("q=duong tron abcxyz"))
    assert page["any_word"] is True
    assert page["total"] == 2
    shown = client.get("/tim-kiem/?q=duong tron abcxyz").content.decode()
    assert "chứa một số từ" in shown


def test_the_page_says_when_a_typo_was_forgiven(
    client: Client, found: dict[str, int]
) -> None:
    says = "chỉ khác một chữ cái"
    assert says not in client.get("/tim-kiem/?q=duong tron").content.decode()
    shown = client.get("/tim-kiem/?q=duongg tron").content.decode()
    assert says in shown
    assert "Có phải bạn muốn tìm:" in shown
    assert shown.count('class="result"') == 2


def test_raw_keystrokes_are_understood_and_the_page_says_how(
    client: Client, found: dict[str, int]
) -> None:
    page = client.get("/tim-kiem/?q=ddwowngf tronf").content.decode()
    assert "Đang hiển thị kết quả cho:" in page
    assert "Có phải bạn muốn tìm:" not in page
    assert page.count('class="result"') == 2
    assert (
        'href="/tim-kiem/?q=%C4%91%C6%B0%E1%BB%9Dng+tr%C3%B2n">đường tròn</a>' in page
    )
