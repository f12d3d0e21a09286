"""A larger picture may take more, a longer clip may write more; nothing may take all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from media_pipeline import bounds
from media_pipeline.commands import Recipe
from media_pipeline.ladder import ladder_for
from media_pipeline.source import Source
from tests.media_pipeline.test_ladder import a_source

GIB = 1024**3


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def a_recipe(source: Source, threads: int = 0) -> Recipe:
    return Recipe("ffmpeg", source, ladder_for(source), threads)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "original"
    path.write_bytes(bytes(1000))
    return a_source(path=path)


def memory_gib(width: int, height: int, threads: int = 0) -> float:
    source = a_source(path=Path(__file__), width=width, height=height)
    return bounds.for_a_package(a_recipe(source, threads)).memory_bytes / GIB


def test_memory_follows_the_picture() -> None:
    # Most that was measured, in MiB: 490, 1200 (10 bits, HDR), 2300 (4:4:4, 10 bits).
    assert memory_gib(1920, 1080) == pytest.approx(1.14, abs=0.01)
    assert memory_gib(3840, 2160) == pytest.approx(1.56, abs=0.01)
    assert memory_gib(8192, 4320) == pytest.approx(3.37, abs=0.01)


def test_memory_follows_the_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    on_two = memory_gib(3840, 2160)
    assert memory_gib(3840, 2160, threads=12) > on_two + 0.4
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    on_many = memory_gib(3840, 2160)
    assert on_two + 4 < on_many < 10


def test_a_look_may_fill_a_little_of_the_disk(source: Source) -> None:
    found = bounds.for_a_look(source)
    assert found.memory_bytes / GIB == pytest.approx(1.14, abs=0.01)
    assert found.folder_bytes == 64 * 1024**2


def test_the_disk_follows_length_and_rungs(source: Source, tmp_path: Path) -> None:
    minute = a_source(path=source.path, duration_ms=60_000)
    hour = a_source(path=source.path, duration_ms=3_600_000)
    small = a_source(path=source.path, duration_ms=3_600_000, width=640, height=360)
    first, second, third = (
        bounds.for_a_package(a_recipe(one)).folder_bytes or 0
        for one in (minute, hour, small)
    )
    rungs = 2 * (6200 + 3000 + 1500 + 800 + 400) * 125
    assert first == rungs * 60 + 1000 + 128 * 1024**2
    assert second == rungs * 3600 + 1000 + 128 * 1024**2
    assert third < second / 5
