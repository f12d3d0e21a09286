"""The log keeps who reorganised what, and how each unit was before and after."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from library.audit import changes
from library.reorganising import acts, applying
from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation
from tests.cast import Cast, signed_in


@pytest.fixture
def plan(cast: Cast) -> Reorganisation:
    today = timezone.localdate()
    made = Reorganisation(name="Đợt thử", on=today, made_by=cast.an)
    made.asked = [Line(1, "dong-xoai", today, ends=True)]
    made.save()
    return made


def told(cast: Cast) -> set[str]:
    entries = PageLogEntry.objects.filter(action=acts.UNIT, page=cast.school_a.pk)
    return {str(change) for entry in entries for change in changes.of(entry)}


def test_each_unit_has_an_entry_with_before_and_after(
    cast: Cast, plan: Reorganisation
) -> None:
    applying.apply(plan, cast.an)
    entries = PageLogEntry.objects.filter(action=acts.UNIT)
    assert {entry.page_id for entry in entries} == {
        *(cast.district.pk, cast.school_a.pk, cast.school_b.pk)
    }
    assert {entry.user_id for entry in entries} == {cast.an.pk}
    (change,) = told(cast)
    assert change.endswith("Thành đoàn Đồng Xoài → Tỉnh đoàn Bình Phước")
    applying.undo(plan, cast.an)
    assert len(told(cast)) == 2


def test_the_plan_has_an_entry_for_each_act_and_the_log_tells_it(
    cast: Cast, plan: Reorganisation
) -> None:
    applying.apply(plan, cast.an)
    applying.undo(plan, cast.an)
    entries = ModelLogEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == [acts.APPLY, acts.UNDO]
    page = signed_in(cast.an).get(reverse("audit:report")).content.decode()
    assert "Đã thực hiện đợt sắp xếp" in page
    assert "Đã hoàn tác đợt sắp xếp" in page
