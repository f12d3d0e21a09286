from __future__ import annotations

from django.http import QueryDict

from library.catalogue import facets
from search.results import FacetCount, Hits

HITS = Hits(
    total=5,
    facets={
        "subject": (FacetCount("toan", "Toán", 3), FacetCount("vat-li", "Vật lí", 2)),
        "kind": (FacetCount("lecture", "Bài giảng", 5),),
        "unit": tuple(FacetCount(f"u{n}", f"Đơn vị {n}", 1) for n in range(12)),
    },
)


def test_parameters_become_the_engines_filters_and_others_are_not_ours() -> None:
    chosen = facets.chosen(QueryDict("q=x&mon=toan&mon=vat-li&lop=10&loai=&fbclid=1"))
    assert chosen == {"subject": ("toan", "vat-li"), "grade": ("10",)}


def test_a_facet_that_changes_nothing_is_left_out() -> None:
    titles = [group.title for group in facets.groups(HITS, QueryDict("q=x"))]
    assert len(titles) == 2


def test_a_link_adds_a_value_keeps_the_words_and_starts_at_page_one() -> None:
    (subjects, _) = facets.groups(HITS, QueryDict("q=x&page=3"))
    assert subjects.first[0].url == "?q=x&mon=toan"


def test_a_chosen_value_comes_first_and_its_link_takes_it_away() -> None:
    (subjects, _) = facets.groups(HITS, QueryDict("q=x&mon=vat-li"))
    assert subjects.first[0].name == "Vật lí"
    assert subjects.first[0].is_chosen
    assert subjects.first[0].url == "?q=x"
    assert subjects.first[1].url == "?q=x&mon=vat-li&mon=toan"


def test_a_long_facet_shows_the_first_and_folds_the_rest() -> None:
    units = facets.groups(HITS, QueryDict("q=x"))[1]
    assert (len(units.first), len(units.more)) == (8, 4)


def test_chips_name_what_is_chosen_even_when_nothing_carries_it() -> None:
    first, second = facets.chips(HITS, QueryDict("q=x&mon=toan&lop=99"))
    assert first.label.endswith(": Toán")
    assert first.remove_url == "?q=x&lop=99"
    assert second.label.endswith(": 99")


def test_grades_stand_in_their_own_order() -> None:
    names = ("Lớp 10", "Lớp 2", "Người lớn", "Lớp 1")
    counts = tuple(FacetCount(name, name, 1) for name in names)
    hits = Hits(total=9, facets={"grade": counts})
    (grades,) = facets.groups(hits, QueryDict("lop=Lớp 10"))
    assert [option.name for option in grades.first] == [
        "Lớp 10",  # chosen
        "Lớp 1",
        "Lớp 2",
        "Người lớn",
    ]
