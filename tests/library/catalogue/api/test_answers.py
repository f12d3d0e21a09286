from __future__ import annotations

from django.http import QueryDict

from library.catalogue.api import answers
from library.catalogue.api.parameters import search_of
from library.catalogue.cards import Card
from library.catalogue.results import MomentLink, Result
from library.catalogue.suggestions import Door
from search.results import FacetCount, Hits

CARD = Card(7, "/clip/a-7/", "Đạo hàm", "", "", "Toán", "THPT Đồng Xoài")
SITE = "https://example.org"


def test_addresses_are_absolute_and_what_is_missing_is_null() -> None:
    moment = MomentLink(1000, "00:01", "/clip/a-7/?t=1", (("đạo hàm", True),))
    result = Result(CARD, (("Đạo hàm", True),), (), (moment,))
    values = (FacetCount("hung-vuong", "Hùng Vương", 2, "dong-xoai"),)
    hits = Hits(total=1, facets={"unit": values}, did_you_mean=None)
    answer = answers.search_answer(search_of(QueryDict("q=x")), hits, [result], SITE)
    (found,) = answer["results"]
    assert found["url"] == f"{SITE}/clip/a-7/"
    assert found["poster_url"] is found["length"] is answer["did_you_mean"] is None
    assert found["moments"][0]["url"] == f"{SITE}/clip/a-7/?t=1"
    assert found["title_highlight"] == [{"text": "Đạo hàm", "match": True}]
    assert answer["facets"]["unit"][0]["parent"] == "dong-xoai"


def test_a_suggestion_leads_to_its_page() -> None:
    door = Door("clip", "7", "Đạo hàm", (("Đạo", True), (" hàm", False)), "/clip/a-7/")
    (suggestion,) = answers.suggest_answer("dao", [door], SITE)["suggestions"]
    assert suggestion["url"] == f"{SITE}/clip/a-7/"
    assert suggestion["highlight"][1] == {"text": " hàm", "match": False}
