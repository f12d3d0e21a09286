"""Here the engine under test is the embedded one, on the database of the run."""

from __future__ import annotations

import pytest
from django.db import connection

from search.embedded.engine import EmbeddedEngine
from search.index import Engine


@pytest.fixture(
    params=[
        pytest.param("sqlite"),
        pytest.param("postgresql", marks=pytest.mark.postgresql),
    ]
)
def engine(request: pytest.FixtureRequest, db: None) -> Engine:
    if connection.vendor != request.param:
        pytest.skip(f"this run is on {connection.vendor}")
    return EmbeddedEngine()
