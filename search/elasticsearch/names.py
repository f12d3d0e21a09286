"""What an index is called: an alias to search, another for what is being built beside it.

thu-vien-mo.public.5f3a9c1e             what is searched, by the shape of its documents
thu-vien-mo.public.5f3a9c1e.building    where writes go too while it is built anew
thu-vien-mo.public.5f3a9c1e.20261128-9f3c…       one filling of it
thu-vien-mo.public.5f3a9c1e.20261128-9f3c….fill  the way by which a rebuild writes to its own

Whoever installs a library with another mapping has no index of that shape: the embedded
one answers until the job that misses it has built one, and the old one goes then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from django.conf import settings

from search.elasticsearch.mapping import shape


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one index, scratch ones included."""

    index: str

    @property
    def live(self) -> str:
        return f"{self._of_any_shape}.{shape()}"

    @property
    def building(self) -> str:
        return f"{self.live}.building"

    @property
    def every_filling(self) -> str:
        return f"{self._of_any_shape}.*"

    @property
    def _of_any_shape(self) -> str:
        return f"{settings.ELASTICSEARCH_INDEX}.{self.index}"

    def new_filling(self) -> str:
        return f"{self.live}.{datetime.now(UTC):%Y%m%d}-{uuid4().hex[:12]}"


def fill(filling: str) -> str:
    """An alias: unlike an index, it is never made by writing to it after it was removed."""
    return f"{filling}.fill"
