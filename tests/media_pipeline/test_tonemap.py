"""Paper stays paper, the sun does not blind, and no hue turns."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from media_pipeline import tonemap
from media_pipeline.source import Light

PAPER: dict[Light, float] = {"pq": 0.581, "hlg": 0.75}  # ITU-R BT.2408
PEAK: dict[Light, float] = {"pq": 0.752, "hlg": 1.0}


def _grey(level: float, light: Light) -> float:
    red, green, blue = tonemap.shown((level, level, level), light)
    assert red == pytest.approx(green, abs=0.002)
    assert green == pytest.approx(blue, abs=0.002)
    return green


@pytest.mark.parametrize("light", ["pq", "hlg"])
def test_black_paper_and_the_brightest_land_where_they_belong(light: Light) -> None:
    assert _grey(0, light) == 0
    assert 0.7 < _grey(PAPER[light], light) < 0.85
    assert _grey(PEAK[light], light) == pytest.approx(1, abs=0.01)
    assert _grey(1, light) <= 1


@pytest.mark.parametrize("light", ["pq", "hlg"])
def test_what_is_brighter_stays_brighter(light: Light) -> None:
    levels = [_grey(step / 50, light) for step in range(51)]
    assert all(before <= after + 1e-6 for before, after in pairwise(levels))
    assert levels[30] > levels[20] > levels[10]


@pytest.mark.parametrize("light", ["pq", "hlg"])
def test_a_pure_colour_stays_pure_and_within_bounds(light: Light) -> None:
    red, green, blue = tonemap.shown((0.7, 0.05, 0.05), light)
    assert 1 >= red > 3 * max(green, blue)
    assert min(green, blue) >= 0


def test_the_table_lies_there_only_while_it_is_read(tmp_path: Path) -> None:
    with tonemap.laid_out(tmp_path, "hlg"):
        (path,) = tmp_path.iterdir()
        lines = path.read_text().splitlines()
        assert lines[0] == "LUT_3D_SIZE 33"
        assert len(lines) == 1 + 33**3
        assert lines[1] == "0.00000 0.00000 0.00000"
        red, green, blue = (float(value) for value in lines[33].split())
        assert red > green == blue
    assert not list(tmp_path.iterdir())


def test_it_is_taken_away_after_a_failure_too(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), tonemap.laid_out(tmp_path, "pq"):
        raise OSError("full")
    assert not list(tmp_path.iterdir())


def test_an_ordinary_clip_needs_no_table(tmp_path: Path) -> None:
    with tonemap.laid_out(tmp_path, "sdr"):
        assert not list(tmp_path.iterdir())
