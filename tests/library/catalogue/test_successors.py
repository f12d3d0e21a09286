"""Units that ended lead on: their pages, and searches that name them."""

from __future__ import annotations

import datetime

from django.http import QueryDict
from django.test import Client

from library.catalogue import successors
from library.units.models import Succession, UnitPage, UnitSuccession
from tests.cast import Cast

DAY = datetime.date(2025, 7, 1)


def merged(old: UnitPage, new: UnitPage) -> None:
    old.ended_on = DAY
    old.save()
    UnitSuccession.objects.create(old=old, new=new, on=DAY, kind=Succession.MERGE)


def test_the_page_of_a_unit_that_ended_leads_on_for_good(cast: Cast) -> None:
    merged(cast.school_a, cast.school_b)
    merged(cast.school_b, cast.school_c)
    answer = Client().get("/don-vi/thpt-dong-xoai/")
    assert (answer.status_code, answer["Location"]) == (301, "/don-vi/thpt-bu-dang/")
    assert answer["Cache-Control"] == "max-age=3600"  # it can be undone
    assert Client().get("/don-vi/thpt-bu-dang/").status_code == 200


def test_a_unit_that_stands_leads_nowhere(cast: Cast) -> None:
    assert successors.moved(cast.school_a) is None


def test_one_that_nothing_continues_shows_itself(cast: Cast) -> None:
    cast.school_a.ended_on = DAY
    cast.school_a.save()
    assert Client().get("/don-vi/thpt-dong-xoai/").status_code == 200


def test_a_search_at_a_unit_that_ended_is_one_at_its_successor(cast: Cast) -> None:
    merged(cast.school_a, cast.school_b)
    asked = QueryDict("q=toán&don-vi=thpt-dong-xoai&don-vi=thpt-hung-vuong&mon=toan")
    followed = successors.followed(asked)
    assert followed is not None
    assert followed.getlist("don-vi") == ["thpt-hung-vuong"]
    assert followed["mon"] == "toan"
    answer = Client().get("/tim-kiem/?don-vi=thpt-dong-xoai")
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/tim-kiem/?don-vi=thpt-hung-vuong",
    )


def test_other_searches_stay_as_they_are(cast: Cast) -> None:
    for query in ("q=toán", "don-vi=thpt-dong-xoai", "don-vi=khong-co"):
        assert successors.followed(QueryDict(query)) is None


def test_where_one_of_several_stands_only_the_other_is_followed(cast: Cast) -> None:
    merged(cast.school_a, cast.school_b)
    codes = ["thpt-bu-dang", "thpt-dong-xoai", "khong-co"]
    assert successors.continued(codes) == {"thpt-dong-xoai": "thpt-hung-vuong"}
    followed = successors.followed(
        QueryDict("&".join(f"don-vi={one}" for one in codes))
    )
    assert followed is not None
    assert followed.getlist("don-vi") == ["thpt-bu-dang", "thpt-hung-vuong", "khong-co"]


def test_lists_of_units_leave_out_those_that_ended(cast: Cast) -> None:
    merged(cast.school_a, cast.school_b)
    page = Client().get("/don-vi/dong-xoai/").content.decode()
    assert "THPT Hùng Vương" in page
    assert "THPT Đồng Xoài" not in page
