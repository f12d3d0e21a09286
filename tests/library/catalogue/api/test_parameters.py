from __future__ import annotations

import pytest
from django.http import QueryDict

from library.catalogue.api.parameters import search_of, suggestions_of
from library.catalogue.api.problems import ProblemError
from search.facets import FACETS


def test_the_parameters_become_a_query() -> None:
    asked = search_of(
        QueryDict(
            "q=dao+ham&subject=toan&subject=vat-li&grade=&unit=dong-xoai"
            "&page=3&page_size=10&sort=newest&lang=en"
        )
    )
    assert asked.query.text == "dao ham"
    assert asked.query.filters == {
        "subject": ("toan", "vat-li"),
        "unit": ("dong-xoai",),
    }
    assert (asked.query.limit, asked.query.offset) == (10, 20)
    assert (asked.query.sort, asked.page, asked.language) == ("newest", 3, "en")


def test_nothing_is_required() -> None:
    asked = search_of(QueryDict(""))
    assert asked.query.is_browsing
    assert (asked.query.limit, asked.query.offset, asked.language) == (20, 0, "vi")
    assert suggestions_of(QueryDict("")) == ("", 8)


def test_every_facet_is_a_parameter() -> None:
    query = search_of(QueryDict("&".join(f"{facet}=x" for facet in FACETS))).query
    assert tuple(query.filters) == FACETS


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("mon=toan", "mon"),
        ("fbclid=1", "fbclid"),
        ("speaker=x", "speaker"),
        ("Q=x", "Q"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1.5", "page"),
        ("page=²", "page"),
        ("page=99999999999999999999", "page"),
        ("page=52", "page"),
        ("page=12&page_size=100", "page"),
        ("page_size=101", "page_size"),
        ("page_size=", "page_size"),
        ("sort=price", "sort"),
        ("lang=fr", "lang"),
        ("&".join(f"subject={number}" for number in range(51)), "subject"),
    ],
)
def test_what_is_unknown_or_out_of_bounds_is_refused_by_name(
    query: str, parameter: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        search_of(QueryDict(query))
    assert caught.value.parameter == parameter


def test_the_deepest_page_begins_at_the_thousandth_clip() -> None:
    assert search_of(QueryDict("page=51")).query.offset == 1000
    assert search_of(QueryDict("page=11&page_size=100")).query.offset == 1000


@pytest.mark.parametrize("query", ["limit=0", "limit=21", "limit=x", "page=1"])
def test_suggestions_are_bounded_too(query: str) -> None:
    with pytest.raises(ProblemError):
        suggestions_of(QueryDict(query))


def test_what_was_typed_is_made_storable() -> None:
    assert suggestions_of(QueryDict("q=to%00a%CC%81n&limit=3")) == ("toán", 3)
