"""The engine by itself, in a frost."""

from __future__ import annotations

from tests.engine_settings import *  # noqa: F403
from tests.engine_settings import INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.frost.apps.FrostConfig"]
STORAGES["packages"]["BACKEND"] = "tests.frost.storage.Frosted"
