"""A chart stands on its floor, fills its height, and says itself in words."""

from __future__ import annotations

from library.contributions import charts


def test_the_highest_column_fills_the_height_and_nought_none() -> None:
    chart = charts.columns("Tháng", "9: 4, 10: 0", [("9", 4), ("10", 0), ("11", 2)])
    tops = [(column.y, column.height) for column in chart.columns]
    assert tops == [(22.0, 128.0), (150, 0.0), (86.0, 64.0)]
    assert [column.value for column in chart.columns] == ["4", "0", "2"]
    assert (chart.title, chart.words) == ("Tháng", "9: 4, 10: 0")


def test_columns_stay_within_the_drawing() -> None:
    chart = charts.columns("", "", [(str(n), n) for n in range(12)])
    assert all(c.x >= 0 and c.x + c.width <= chart.width for c in chart.columns)


def test_nothing_at_all_is_drawn_too() -> None:
    assert charts.columns("", "", []).columns == ()
    assert charts.columns("", "", [("9", 0)]).columns[0].height == 0


def test_a_track_never_leaves_its_ground() -> None:
    assert charts.track("", "", (50, 100), 0.25, "met").filled == 200
    assert charts.track("", "", (500, 100), 1.0, "met").filled == 400
    assert charts.track("", "", (0, 100), 0.25, "behind").due == 100
