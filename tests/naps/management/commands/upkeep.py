"""Stands in for the library's clock, which needs its rooms: it does nothing, for long."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            time.sleep(60)
