"""Loads the lists that clips are sorted by; a second run mends names, never adds twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from library.clips.taxonomy import ClipKind, Grade, Skill, Subject, SubjectOffer

FOLDER = Path(__file__).resolve().parent / "data"

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def load_taxonomies() -> None:
    """Subjects by grade are those of the 2018 programme (circulars 32/2018, 13/2022)."""
    _load(ClipKind, _read("kinds"))
    _load(Grade, _read("grades"))
    _load(Skill, _read("skills"))
    for subject, row in zip(
        _load(Subject, _read("subjects")), _read("subjects"), strict=True
    ):
        _load_offers(subject, row["offers"])


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(
        (FOLDER / f"{name}.json").read_text("utf-8")
    )
    return rows


def _load(model: type[Row], rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """In the file's order; keys that are lists belong to other models."""
    loaded = []
    for place, row in enumerate(rows, start=1):
        fields = {
            key: value for key, value in row.items() if not isinstance(value, list)
        }
        code = fields.pop("code")
        one, _ = model._default_manager.update_or_create(  # noqa: SLF001
            code=code, defaults={**fields, "order": place}
        )
        loaded.append(one)
    return loaded


def _load_offers(subject: Subject, offers: Iterable[list[int]]) -> None:
    """An offer is [first grade, last grade, 1 where compulsory, first school year]."""
    for first, last, compulsory, year in offers:
        SubjectOffer.objects.update_or_create(
            subject=subject,
            first_grade=first,
            from_year=year,
            defaults={"last_grade": last, "compulsory": bool(compulsory)},
        )
