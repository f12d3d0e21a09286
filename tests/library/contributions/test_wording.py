"""What a letter says in words is what its table says in numbers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.utils import translation

from library.contributions import rollup, spans
from library.contributions.models import Campaign
from library.contributions.rollup import Reading
from library.contributions.spans import Against
from library.contributions.tree_table import tree_table
from library.contributions.wording import letter_of
from tests.cast import Cast
from tests.library.contributions.conftest import Count

DAY = datetime.date(2026, 5, 4)


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


def test_one_unit_writes_to_the_one_above(cast: Cast, counted: Count) -> None:
    counted(cast.school_a, DAY)
    report = rollup.report(rollup.question()).below("dong-xoai")
    letter = letter_of(report, tree_table(report))
    assert (letter.sender, letter.above) == (
        "Thành đoàn Đồng Xoài",
        "Tỉnh đoàn Bình Phước",
    )
    assert letter.paragraphs[0] == "Số clip được ghi nhận, toàn bộ thời gian: 1."


def test_of_several_units_the_library_writes(cast: Cast) -> None:
    report = rollup.report(rollup.question())
    schools = report.within([cast.school_a.path, cast.school_c.path])
    letter = letter_of(schools, tree_table(schools))
    assert (letter.sender, letter.above) == ("Thư viện mở", "")


def test_periods_comparisons_and_the_campaign_are_said(
    cast: Cast, counted: Count
) -> None:
    campaign = Campaign.objects.create(
        name="Ít nhất 100 clip",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 12, 31),
    )
    campaign.targets.create(unit=cast.school_a, clips=1)
    campaign.save()
    counted(cast.school_a, DAY)
    asked = rollup.question(as_of=datetime.date(2026, 6, 30), tree=Reading.THEN)
    asked = asked.of_span(spans.month(2026, 5), [Against.BEFORE])
    report = rollup.report(asked)
    letter = letter_of(report, tree_table(report))
    said = "\n".join((*letter.paragraphs, *letter.table.notes))
    assert "được ghi nhận, Tháng 5 năm 2026 (01/05/2026–31/05/2026): 1." in said
    assert "Kỳ trước, Tháng 4 năm 2026 (01/04/2026–30/04/2026): 0 (+1)." in said
    assert "“Ít nhất 100 clip” (01/01/2026–31/12/2026, đã qua 50 % thời gian)" in said
    assert "1/1 chỉ tiêu đạt, 0 đơn vị chậm" in said
    assert "theo tổ chức tại thời điểm" in said
    assert "30/06/2026" in said
