"""What an index is called: an alias to search, another for what is being built beside it.

thu-vien-mo.public                      what is searched
thu-vien-mo.public.building             where writes go too while it is built anew
thu-vien-mo.public.20261128-9f3c…       one filling of it
thu-vien-mo.public.20261128-9f3c….fill  the way by which a rebuild writes to its own
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one index, scratch ones included."""

    index: str

    @property
    def live(self) -> str:
        return f"{settings.ELASTICSEARCH_INDEX}.{self.index}"

    @property
    def building(self) -> str:
        return f"{self.live}.building"

    @property
    def every_filling(self) -> str:
        return f"{self.live}.*"

    def new_filling(self) -> str:
        return f"{self.live}.{datetime.now(UTC):%Y%m%d}-{uuid4().hex[:12]}"


def fill(filling: str) -> str:
    """An alias: unlike an index, it is never made by writing to it after it was removed."""
    return f"{filling}.fill"
