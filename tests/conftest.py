"""Fixtures that every room uses: the cast, and what a missing service means."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from media_pipeline import binaries, sandbox
from tests.cast import Cast, assemble
from tests.storages import any_storages, folders, local_storages, s3_bucket, s3_storages

__all__ = ["any_storages", "folders", "local_storages", "s3_bucket", "s3_storages"]


def _opens() -> bool:
    return not sandbox.fault_with(binaries.find().ffprobe)


CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MISSING: dict[str, Callable[[], str]] = {
    "s3": lambda: (
        ""
        if os.environ.get("S3_TEST_ENDPOINT")
        else "no S3 server: set S3_TEST_ENDPOINT (docs/operations.md says how)"
    ),
    "postgresql": lambda: (
        ""
        if connection.vendor == "postgresql"
        else "not on PostgreSQL: `make test` uses POSTGRESQL_TEST_URL"
    ),
    "sandbox": lambda: (
        "" if _opens() else "no sandbox: install bubblewrap (docs/operations.md)"
    ),
    "browser": lambda: (
        "" if Path(CHROMIUM).exists() else "no Chromium: install it or set CHROMIUM"
    ),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing service skips its tests and says how to get it; with CI=true it fails."""
    for marker, missing in MISSING.items():
        if item.get_closest_marker(marker) and (why := missing()):
            if os.environ.get("CI") == "true":
                pytest.fail(why)
            pytest.skip(why)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()
