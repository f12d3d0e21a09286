"""A worker stands still past its lease, at each step of a clip's way: another one ends the
clip, and when the first wakes it publishes nothing and leaves nothing behind."""

from __future__ import annotations

import datetime
import json
import os
import signal
import time
from collections import Counter
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.clips import ffmpeg
from tests.filming import AAC, H264, moving, sine
from tests.journey.test_worker_killed import encodes
from tests.machine import Machine, machine

pytestmark = [pytest.mark.process, pytest.mark.ffmpeg]

# By asset; of two phases, so that each step but the first two comes twice.
PLACES = {
    1: "hold 1 begins",
    2: "probe 1 begins",
    3: "encode 1 begins",
    4: "publish first stores",
    5: "publish first 1 ends",
    6: "encode 2 begins",
    7: "publish stores",
    8: "publish 1 ends",
}


def frosty(folder: Path, places: dict[int, str]) -> AbstractContextManager[Machine]:
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.frost.settings",
        "FREEZE_AT": json.dumps(places),
        "FIRST_RUNG_SECONDS": "1",
        "TRANSCODE_COPY": "false",
        "LOG_LEVEL": "INFO",
    }
    return machine(folder, **settings)


def receive(box: Machine, count: int) -> None:
    staging = box.folder / "data" / "staging"
    staging.mkdir()
    first = staging / "film-1"
    ffmpeg(*moving("640x360", 3), *sine(3), *H264, *AAC, "-f", "mp4", first)
    for number in range(2, count + 1):
        os.link(first, staging / f"film-{number}")
    box.shell(
        "from media_pipeline import steps\n"
        f"for n in range(1, {count + 1}):\n"
        f"    steps.receive(f'film-{{n}}', 'phim.mp4', {first.stat().st_size})"
    )


def frozen(box: Machine) -> list[int]:
    markers = (box.folder / "data").glob("frozen-*")
    return [int(pid) for marker in markers if (pid := marker.read_text())]


def packages(box: Machine) -> set[str]:
    """That are stored, as keys."""
    root = box.folder / "data" / "packages"
    return {path.relative_to(root).as_posix() for path in root.glob("*/*")}


def known(box: Machine) -> set[str]:
    rows = box.rows("SELECT prefix FROM media_pipeline_package")
    return {str(row["prefix"]) for row in rows}


def all_playable(box: Machine) -> bool:
    mine = "SELECT 1 FROM jobs_job WHERE queue = 'transcode'"
    unfinished = box.rows(f"{mine} AND state != 'done'")
    return not unfinished and not box.rows(
        "SELECT 1 FROM media_pipeline_asset WHERE state != 'playable'"
    )


def test_a_worker_frozen_at_any_step_wakes_and_publishes_nothing(
    tmp_path: Path,
) -> None:
    with frosty(tmp_path, PLACES) as box:
        receive(box, len(PLACES))
        for _ in PLACES:
            box.worker("transcode")
        box.wait_for(lambda: len(frozen(box)) == len(PLACES))
        box.start("janitor")
        box.worker("transcode")
        box.wait_for(lambda: all_playable(box))
        for pid in frozen(box):
            os.kill(pid, signal.SIGCONT)
        box.wait_for(lambda: box.log().count(" lost seconds=") >= len(PLACES))

        box.wait_for(lambda: packages(box) == known(box), why="a package of nobody")
        whole = box.rows("SELECT * FROM media_pipeline_package WHERE is_whole")
        assert Counter(row["asset_id"] for row in whole) == dict.fromkeys(PLACES, 1)
        in_use = box.rows("SELECT package_id FROM media_pipeline_asset")
        assert {row["id"] for row in whole} == {row["package_id"] for row in in_use}
        nothing_is_left(box)


def nothing_is_left(box: Machine) -> None:
    data = box.folder / "data"
    assert not encodes(box)
    box.wait_for(lambda: not any((data / "scratch").iterdir()))
    assert not any((data / "staging").iterdir())
    swept = box.shell(
        "from datetime import timedelta\n"
        "from media_pipeline.sweep import sweep\n"
        "print(sweep(timedelta(0)))"
    )
    # The packages of first rungs, which have had their day.
    replaced = f"packages={len(PLACES)}, originals=0, works=0, multiparts=0"
    assert replaced in swept


def test_a_sweep_that_freezes_removes_nothing_else_when_it_wakes(
    tmp_path: Path,
) -> None:
    with frosty(tmp_path, {1: "sweep"}) as box:
        receive(box, 1)
        box.worker("transcode")
        box.wait_for(lambda: all_playable(box))
        replaced = age(box)
        box.start("janitor")
        box.wait_for(lambda: frozen(box))
        assert replaced not in known(box)
        assert replaced in packages(box)

        box.start("janitor")
        box.wait_for(lambda: replaced not in packages(box), why="nobody else sweeps")
        os.kill(frozen(box)[0], signal.SIGCONT)
        box.wait_for(lambda: box.log().count("Swept(") == 2)
        assert packages(box) == known(box)
        (prefix,) = known(box)
        assert (box.folder / "data" / "packages" / prefix / "master.m3u8").is_file()


def age(box: Machine) -> str:
    """All that was made, by two days; the key of the package that is replaced."""
    then = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=2)
    box.execute(f"UPDATE media_pipeline_package SET created_at = '{then:%F %T.%f}'")
    for path in (box.folder / "data" / "packages").rglob("*"):
        os.utime(path, (time.time() - 2 * 86_400,) * 2)
    (old,) = box.rows("SELECT prefix FROM media_pipeline_package WHERE NOT is_whole")
    return str(old["prefix"])
