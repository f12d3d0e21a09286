from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import translation

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
    assert subjects.options.first[0].url == "?q=x&mon=toan"


def test_a_chosen_value_comes_first_and_its_link_takes_it_away() -> None:
    (subjects, _) = facets.groups(HITS, QueryDict("q=x&mon=vat-li"))
    assert subjects.options.first[0].name == "Vật lí"
    assert subjects.options.first[0].is_chosen
    assert subjects.options.first[0].url == "?q=x"
    assert subjects.options.first[1].url == "?q=x&mon=vat-li&mon=toan"


def test_a_long_facet_shows_the_first_and_folds_the_rest() -> None:
    units = facets.groups(HITS, QueryDict("q=x"))[1]
    assert (len(units.options.first), len(units.options.more)) == (8, 4)


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
    assert [option.name for option in grades.options.first] == [
        "Lớp 10",  # chosen
        "Lớp 1",
        "Lớp 2",
        "Người lớn",
    ]


UNITS = (
    FacetCount("tinh", "Tỉnh đoàn", 5),
    FacetCount("dong-xoai", "Đồng Xoài", 3, "tinh"),
    FacetCount("bu-dang", "Bù Đăng", 2, "tinh"),
    FacetCount("hung-vuong", "Hùng Vương", 2, "dong-xoai"),
    FacetCount("nguyen-du", "Nguyễn Du", 1, "dong-xoai"),
)


def districts(query: str) -> tuple[facets.Option, ...]:
    (units,) = facets.groups(Hits(total=5, facets={"unit": UNITS}), QueryDict(query))
    return units.options.first


def test_a_district_shows_its_schools_below_it() -> None:
    first, second = districts("q=x")
    assert (first.name, first.clips) == ("Đồng Xoài", 3)
    assert [school.name for school in first.below.first] == ["Hùng Vương", "Nguyễn Du"]
    assert second.below == facets.Options()
    assert not first.is_open


def test_a_district_is_open_while_one_of_its_schools_is_chosen_and_comes_first() -> (
    None
):
    first, _ = districts("don-vi=nguyen-du")
    assert first.is_open
    assert first.below.first[0].is_chosen
    assert [each.is_open for each in districts("don-vi=bu-dang")] == [False, False]
    assert districts("don-vi=bu-dang")[0].name == "Bù Đăng"


def test_a_school_is_chosen_instead_of_its_district_and_beside_another_one() -> None:
    (district, _) = districts("don-vi=dong-xoai&don-vi=bu-dang")
    assert district.below.first[0].url == "?don-vi=bu-dang&don-vi=hung-vuong"


def test_a_district_is_chosen_instead_of_its_schools() -> None:
    query = "don-vi=hung-vuong&don-vi=nguyen-du&don-vi=bu-dang"
    district = next(each for each in districts(query) if each.name == "Đồng Xoài")
    assert district.url == "?don-vi=bu-dang&don-vi=dong-xoai"


def test_a_licence_has_its_short_name_and_says_what_it_allows() -> None:
    counts = (FacetCount("CC-BY-4.0", "CC-BY-4.0", 1), FacetCount("X", "X", 1))
    hits = Hits(total=2, facets={"licence": counts})
    (group,) = facets.groups(hits, QueryDict(""))
    known, unknown = group.options.first
    assert (known.name, unknown.name) == ("CC BY 4.0", "X")
    assert known.note
    assert unknown.note == ""
    (chip,) = facets.chips(hits, QueryDict("giay-phep=CC-BY-4.0"))
    assert chip.label.endswith(": CC BY 4.0")


@pytest.mark.parametrize(
    "name",
    [
        *("mon-hoc", "Môn học", "mon[]", "MON", "subject", "grades", "ky_nang"),
        *("kỹ năng", "don_vi", "unit", "speaker", "giayphep", "Licence", "phude"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_parameter_that_means_a_facet_and_is_none_is_told(
    name: str, language: str
) -> None:
    parameters = QueryDict(mutable=True)
    parameters.update({name: "toan", "q": "x"})
    with translation.override(language):
        assert facets.misnamed(parameters) == [name]


def test_facets_and_what_trackers_add_are_not_misnamed() -> None:
    parameters = "&".join(f"{axis.parameter}=x" for axis in facets.AXES)
    trackers = "fbclid=1&utm_source=zalo&gclid=2&zarsrc=30&_x=&=&%F0%9F%99%82=1"
    query = QueryDict(f"q=a&page=1&sort=newest&{parameters}&{trackers}")
    assert facets.misnamed(query) == []


def test_links_carry_on_what_is_ours_and_nothing_long() -> None:
    parameters = QueryDict(mutable=True)
    parameters.update({"fbclid": "1", "q": "x" * 9_999, "sort": "newest", "page": "2"})
    parameters.setlist("mon", ["", "toan", "y" * 9_999, *map(str, range(99))])
    kept = facets.bounded(parameters, others=("q", "sort"))
    assert set(kept) == {"q", "sort", "mon"}
    assert len(kept["q"]) == 300
    assert kept.getlist("mon")[:2] == ["toan", "y" * 100]
    assert len(kept.getlist("mon")) == 50


def test_a_chip_does_not_say_what_it_is_twice() -> None:
    counts = (FacetCount("10", "Lớp 10", 1),)
    (chip,) = facets.chips(Hits(facets={"grade": counts}), QueryDict("lop=10"))
    assert chip.label == "Lớp 10"
