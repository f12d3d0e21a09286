"""Fixtures of the engine's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine import Machine, machine
from tests.storages import (
    any_storages,
    folders,
    local_storages,
    s3_bucket,
    s3_storages,
)

__all__ = ["any_storages", "folders", "local_storages", "s3_bucket", "s3_storages"]


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path) as found:
        yield found
