"""Somebody at a real server, with a staging folder of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast, assemble
from tests.library.uploads.conversation import Browser, signed_in


@pytest.fixture
def people(django_db_serialized_rollback: None, live_server: LiveServer) -> Cast:
    return assemble()


@pytest.fixture
def lan(live_server: LiveServer, people: Cast) -> Browser:
    return signed_in(live_server, people.lan)


@pytest.fixture
def staging(tmp_path: Path, settings: Any) -> Path:
    settings.STAGING_DIR = tmp_path / "staging"
    return Path(settings.STAGING_DIR)
