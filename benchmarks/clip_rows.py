"""Made-up records as rows of the library: pages, videos, captions, views, by the thousand."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page

from library.clips.models import CaptionTrack, ClipPage, Credit, Series
from library.clips.taxonomy import ClipKind, Grade, Skill, Subject
from library.founding import root_page
from library.units.models import UnitKind, UnitPage
from library.viewing.models import DailyViews
from media_pipeline import captions
from media_pipeline.models import Asset
from media_pipeline.states import State
from search.documents import Label, Record

ROWS_AT_ONCE = 1_000


class Rows:
    """Units, subjects and the like are made when the first clip needs them."""

    def __init__(self) -> None:
        self._library = root_page()
        self._kind = UnitKind.objects.create(code="unit", name="Đơn vị")
        self._units: dict[str, UnitPage] = {}
        self._named: dict[tuple[type, str], int] = {}
        self._clips_in: dict[str, int] = {}
        self._type = ContentType.objects.get_for_model(ClipPage)
        self._locale = Locale.get_default()

    def write(self, records: Iterable[Record]) -> None:
        remaining = iter(records)
        while batch := list(itertools.islice(remaining, ROWS_AT_ONCE)):
            with transaction.atomic():
                self._write(batch)

    def _write(self, records: list[Record]) -> None:
        assets = Asset.objects.bulk_create(
            Asset(
                state=State.PLAYABLE,
                file_name=f"{record.id}.mp4",
                duration_ms=record.duration_ms,
            )
            for record in records
        )
        pages = Page.objects.bulk_create([self._page(record) for record in records])
        for record, page, asset in zip(records, pages, assets, strict=True):
            # The row of the clip alone: its page is there.
            self._clip(record, page, asset).save_base(raw=True, force_insert=True)
        clips = list(zip((page.pk for page in pages), records, strict=True))
        Credit.objects.bulk_create(
            Credit(clip_id=pk, name=name)
            for pk, record in clips
            for name in record.speakers
        )
        CaptionTrack.objects.bulk_create(
            CaptionTrack(clip_id=pk, vtt=_vtt(record)) for pk, record in clips
        )
        day = date(2025, 9, 5)
        DailyViews.objects.bulk_create(
            DailyViews(clip_id=pk, day=day, times=record.views) for pk, record in clips
        )
        self._join("grade", clips)
        self._join("skill", clips)

    def _page(self, record: Record) -> Page:
        unit = self._unit(record.units)
        number = self._clips_in[unit.path] = self._clips_in.get(unit.path, 0) + 1
        slug = f"clip-{record.id}"
        return Page(
            title=record.title,
            draft_title=record.title,
            slug=slug,
            path=Page._get_path(unit.path, unit.depth + 1, number),  # noqa: SLF001
            depth=unit.depth + 1,
            url_path=f"{unit.url_path}{slug}/",
            content_type=self._type,
            locale=self._locale,
            live=True,
            first_published_at=record.published_at,
        )

    def _clip(self, record: Record, page: Page, asset: Asset) -> ClipPage:
        subject, kind = record.subject, record.kind
        return ClipPage(
            page_ptr=page,
            description=record.description,
            subject_id=self._pk(Subject, subject) if subject else None,
            kind_id=self._pk(ClipKind, kind) if kind else None,
            series_id=self._series(record),
            licence=record.licence,
            asset=asset,
        )

    def _unit(self, path: tuple[Label, ...]) -> UnitPage:
        """The last of them; those above are made before."""
        own = path[-1]
        if own.code not in self._units:
            above = self._unit(path[:-1]) if len(path) > 1 else self._library
            unit = UnitPage(title=own.name, slug=own.code, code=own.code)
            unit.kind = self._kind
            self._units[own.code] = above.add_child(instance=unit)
        return self._units[own.code]

    def _series(self, record: Record) -> int | None:
        if record.series is None:
            return None
        key = (Series, record.series.code)
        if key not in self._named:
            row = Series(title=record.series.name, slug=f"s-{record.series.code}")
            row.unit = self._unit(record.units[:1])
            row.save()
            self._named[key] = row.pk
        return self._named[key]

    def _pk(self, model: type, label: Label) -> int:
        key = (model, label.code)
        if key not in self._named:
            code = f"{model.__name__.lower()}-{len(self._named)}"
            row = model(code=code, name=label.name)
            row.save()
            self._named[key] = row.pk
        return self._named[key]

    def _join(self, name: str, clips: list[tuple[int, Record]]) -> None:
        """The rows between clips and their grades, or their skills."""
        model = {"grade": Grade, "skill": Skill}[name]
        through = getattr(ClipPage, f"{name}s").through
        through.objects.bulk_create(
            through(clippage_id=pk, **{f"{name}_id": self._pk(model, label)})
            for pk, record in clips
            for label in getattr(record, f"{name}s")
        )


def _vtt(record: Record) -> str:
    return captions.to_vtt(_cues(record))


def _cues(record: Record) -> Iterator[captions.Cue]:
    for cue in record.captions:
        yield captions.Cue(cue.start_ms, cue.end_ms, cue.text)
