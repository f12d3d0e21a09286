"""The sitemap: what a search engine may show of the library."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from library.catalogue import shelves
from library.catalogue.cards import clip_url
from library.clips.models import ClipPage
from library.units.models import UnitPage


class ClipSitemap(Sitemap[ClipPage]):
    limit = 10_000

    def items(self) -> QuerySet[ClipPage]:
        return shelves.public_clips().order_by("pk")

    def location(self, item: ClipPage) -> str:
        return clip_url(item)

    def lastmod(self, item: ClipPage) -> datetime | None:
        published: datetime | None = item.last_published_at
        return published


class ShelfSitemap(Sitemap[str]):
    """Every page of the catalogue that has at least one clip, and the campaign's."""

    def items(self) -> list[str]:
        names = ("home", "subjects", "grades", "skills", "units", "series_list")
        doors = [
            *shelves.subjects(),
            *shelves.grades(),
            *shelves.skills(),
            *shelves.series(),
        ]
        return [
            *(reverse(f"catalogue:{name}") for name in names),
            reverse("contributions:progress"),
            *(door.url for door in doors if door.clips),
        ]

    def location(self, item: str) -> str:
        return item


class UnitSitemap(Sitemap[UnitPage]):
    """Units that stand and have clips, of their own or below."""

    limit = 10_000

    def items(self) -> QuerySet[UnitPage]:
        return shelves.units_with_clips().order_by("pk")

    def location(self, item: UnitPage) -> str:
        return shelves.url_of(item)


SITEMAPS = {"clips": ClipSitemap, "shelves": ShelfSitemap, "units": UnitSitemap}
