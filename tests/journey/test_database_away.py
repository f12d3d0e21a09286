"""The database goes away for a while under workers, janitor and web: the clip still ends
playable, by itself, and is published once."""

from __future__ import annotations

import contextlib
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests import clusters
from tests.clusters import Cluster
from tests.journey.test_worker_killed import (
    encodes,
    ends_playable,
    make_clip,
    receive,
)
from tests.machine import ROLES, Machine

pytestmark = [pytest.mark.process, pytest.mark.ffmpeg]

LEASE_S = 4
LIBRARY, ENGINE = "tests.settings", "tests.engine_settings"


class OnPostgreSQL(Machine):
    def _sql(self, sql: str) -> list[dict[str, Any]]:
        url = self.environment["DATABASE_URL"]
        with psycopg.connect(url, row_factory=dict_row, autocommit=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with clusters.cluster() as found:
        yield found


@contextlib.contextmanager
def up(kind: type[Machine], folder: Path, **settings: str) -> Iterator[Machine]:
    """All of the library runs, and is in the midst of an encode."""
    lease = {"TRANSCODE_THREADS": "1", "JOB_LEASE_SECONDS": str(LEASE_S)}
    box = kind(folder, **lease, **settings)
    staging = box.folder / "data" / "staging"
    staging.mkdir()
    make_clip(staging / "film")
    try:
        box.up()
        box.wait_for(lambda: answers(box))
        receive(box)
        box.wait_for(lambda: encodes(box), why="no encode begins")
        yield box
    finally:
        box.end()


def answers(box: Machine) -> bool:
    """With its first page, or, where that is the engine's alone, that it has none."""
    is_engine = box.environment["DJANGO_SETTINGS_MODULE"] == ENGINE
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{box.port}/", timeout=30):
            return not is_engine
    except urllib.error.HTTPError as error:
        return is_engine and error.code == 404
    except OSError:
        return False


def goes_on(box: Machine) -> None:
    ends_playable(box)
    box.wait_for(lambda: answers(box), why="the web does not answer")
    box.wait_for(lambda: all(box.processes(role) for role in ROLES))
    whole = box.rows("SELECT 1 FROM media_pipeline_package WHERE is_whole")
    assert len(whole) == 1
    scratch = box.folder / "data" / "scratch"
    box.wait_for(lambda: not any(scratch.iterdir()), why="a scratch folder is left")


LONG = pytest.mark.thorough


@pytest.mark.own_postgresql
@pytest.mark.parametrize(
    ("module", "seconds"),
    [
        pytest.param(ENGINE, 1, id="short"),
        pytest.param(LIBRARY, LEASE_S + 3, id="long", marks=LONG),
    ],
)
def test_postgresql_is_restarted(
    module: str, seconds: float, cluster: Cluster, tmp_path: Path
) -> None:
    where = {"DATABASE_URL": cluster.url, "DJANGO_SETTINGS_MODULE": module}
    with up(OnPostgreSQL, tmp_path, **where) as box:
        cluster.stop()
        time.sleep(seconds)
        cluster.start()
        goes_on(box)


@pytest.mark.parametrize(
    "seconds",  # a query waits for 20
    [pytest.param(LEASE_S + 3, id="short"), pytest.param(23, id="long", marks=LONG)],
)
def test_a_sqlite_database_is_locked(seconds: float, tmp_path: Path) -> None:
    with up(Machine, tmp_path) as box:
        path = tmp_path / "data" / "library.sqlite3"
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            other.execute("ROLLBACK")
        goes_on(box)
