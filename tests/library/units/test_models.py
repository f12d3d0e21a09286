"""Units as pages: their lasting code."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from library.units.models import UnitPage
from tests.cast import Cast


def test_a_slug_is_made_from_the_code(cast: Cast) -> None:
    unit = cast.district.add_child(
        instance=UnitPage(
            title="Đoàn trường THCS Tân Xuân",
            code="thcs-tan-xuan",
            kind=cast.school_a.kind,
        )
    )
    assert unit.slug == "thcs-tan-xuan"


def test_the_admin_says_of_a_unit_that_it_ended(cast: Cast) -> None:
    assert cast.school_a.get_admin_display_title() == "Đoàn trường THPT Đồng Xoài"
    cast.school_a.ended_on = datetime.date(2025, 7, 1)
    assert cast.school_a.get_admin_display_title().endswith("(đã kết thúc)")


def test_two_units_cannot_share_a_code(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        cast.other_district.add_child(
            instance=UnitPage(
                title="Hai", slug="hai", code="thpt-dong-xoai", kind=cast.school_a.kind
            )
        )


def test_the_code_cannot_be_edited_after_the_founding(cast: Cast) -> None:
    form_class = UnitPage.get_edit_handler().get_form_class()
    assert form_class(instance=cast.school_a, for_user=cast.an).fields["code"].disabled
    assert not form_class(instance=UnitPage(), for_user=cast.an).fields["code"].disabled
