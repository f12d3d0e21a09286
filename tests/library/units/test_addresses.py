"""Public addresses that do not follow the tree."""

from __future__ import annotations

from django.test import RequestFactory
from wagtail.models import Page

from library.units.models import UnitPage
from tests.cast import Cast


def test_the_address_of_a_unit_holds_its_code_and_not_the_tree(cast: Cast) -> None:
    assert cast.school_a.url == "/don-vi/thpt-dong-xoai/"
    assert cast.library.url == "/"


def test_a_moved_unit_keeps_its_address(cast: Cast) -> None:
    cast.school_a.move(cast.other_district, pos="last-child")
    assert UnitPage.objects.get(pk=cast.school_a.pk).url == "/don-vi/thpt-dong-xoai/"


def test_the_address_in_the_tree_leads_to_the_lasting_one(cast: Cast) -> None:
    answer = cast.school_a.serve(RequestFactory().get("/"))
    assert (answer.status_code, answer["Location"]) == (301, "/don-vi/thpt-dong-xoai/")


def test_a_page_outside_every_site_has_no_address(cast: Cast) -> None:
    stray = Page.get_first_root_node().add_child(
        instance=UnitPage(title="Lạc", slug="lac", code="lac", kind=cast.school_a.kind)
    )
    assert stray.url is None
