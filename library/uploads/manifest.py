"""A manifest of clips to import: each row is parsed into an Entry, or into its faults."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from library.clips.licences import LICENCES
from library.clips.models import ClipKind, Consent, Grade, Skill, Subject
from library.clips.taxonomy import named
from library.units.models import UnitPage

REQUIRED = ("file", "title", "unit")
COLUMNS = (
    *REQUIRED,
    *("subject", "grades", "skills", "series", "speakers", "licence"),
    *("description", "captions", "kind", "makers", "consent"),
)


Row = TypeVar("Row", bound=Model)


class ManifestError(Exception):
    """The manifest as a whole cannot be read."""


class RowError(Exception):
    """One row cannot be imported; the message is for the person who wrote it."""


@dataclass(frozen=True)
class Entry:
    """One row, resolved: codes are rows of the database, files exist."""

    line: int
    file: Path
    title: str
    unit: UnitPage
    kind: ClipKind
    subject: Subject | None = None
    grades: tuple[Grade, ...] = ()
    skills: tuple[Skill, ...] = ()
    series: str = ""
    speakers: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    licence: str = ""
    consent: str = ""
    description: str = ""
    captions: Path | None = None


@dataclass(frozen=True)
class Fault:
    line: int
    message: str


def read(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows with the line each starts on; UTF-8 with or without a BOM."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ManifestError(f"{path}: {error}") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return _rows(reader)
    except csv.Error as error:
        raise ManifestError(f"{path}: {error}") from error


def _delimiter(text: str) -> str:
    """A Vietnamese spreadsheet writes `;` where an English one writes `,`."""
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def _rows(reader: csv.DictReader[str]) -> list[tuple[int, dict[str, str]]]:
    headers = reader.fieldnames or []
    if missing := [name for name in REQUIRED if name not in headers]:
        raise ManifestError(
            _("The manifest lacks these columns: %(names)s")
            % {"names": ", ".join(missing)}
        )
    if unknown := [name for name in headers if name not in COLUMNS]:
        raise ManifestError(
            _("The manifest has unknown columns: %(names)s")
            % {"names": ", ".join(unknown)}
        )
    return list(_numbered(reader))


def _numbered(reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    line = 2
    for row in reader:
        extra = row.pop(None, None)
        cells = {
            name: unicodedata.normalize("NFC", (value or "").replace("\0", "").strip())
            for name, value in row.items()
        }
        if extra:
            cells["too_many"] = "yes"
        yield line, cells
        line = reader.line_num + 1


def parse(
    rows: Iterable[tuple[int, Mapping[str, str]]], folder: Path
) -> tuple[list[Entry], list[Fault]]:
    """Good rows and bad ones; a bad row does not stop the others."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for line, cells in rows:
        try:
            entries.append(_entry(line, cells, folder))
        except RowError as error:
            faults.append(Fault(line, str(error)))
    return entries, faults


def _entry(line: int, cells: Mapping[str, str], folder: Path) -> Entry:
    if cells.get("too_many"):
        raise RowError(_("The row has more cells than the header"))
    title = " ".join(cells["title"].split())
    if not title:
        raise RowError(_("The title is missing"))
    if len(title) > 255:
        raise RowError(_("The title is longer than 255 characters"))
    subject = _one(Subject, cells.get("subject", "")) if cells.get("subject") else None
    return Entry(
        line=line,
        file=_file(folder, cells["file"]),
        title=title,
        unit=_unit(cells["unit"]),
        kind=_kind(cells.get("kind", ""), has_subject=subject is not None),
        subject=subject,
        grades=tuple(_one(Grade, name) for name in _list(cells.get("grades", ""))),
        skills=tuple(_one(Skill, name) for name in _list(cells.get("skills", ""))),
        series=cells.get("series", ""),
        speakers=_list(cells.get("speakers", "")),
        makers=_list(cells.get("makers", "")),
        licence=_licence(cells.get("licence", "")),
        consent=_consent(cells.get("consent", "")),
        description=cells.get("description", ""),
        captions=_file(folder, cells["captions"]) if cells.get("captions") else None,
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;|,]", cell) if part.strip())


def _file(folder: Path, name: str) -> Path:
    if not name:
        raise RowError(_("The file is missing"))
    path = folder / name
    if not path.is_file():
        raise RowError(_("There is no file %(name)s") % {"name": name})
    return path


def _unit(code: str) -> UnitPage:
    unit = UnitPage.objects.filter(code=code).first()
    if unit is None:
        raise RowError(_("There is no unit with the code %(code)s") % {"code": code})
    if unit.ended_on is not None:
        said = _("“%(name)s” has ended and takes no new clips")
        raise RowError(said % {"name": unit.title})
    return unit


def _one(model: type[Row], name: str) -> Row:
    row = named(model, name)
    if row is None:
        raise RowError(
            _("Unknown %(what)s: %(name)s")
            % {"what": model._meta.verbose_name, "name": name}  # noqa: SLF001
        )
    return row


def _kind(name: str, *, has_subject: bool) -> ClipKind:
    return _one(ClipKind, name or ("lecture" if has_subject else "skill"))


def _licence(name: str) -> str:
    """By code or by short name; an empty one imports a draft that cannot go live."""
    wanted = name.upper().replace(" ", "-")
    for code, licence in LICENCES.items():
        if wanted in {code.upper(), licence.short.upper().replace(" ", "-")}:
            return code
    if name:
        raise RowError(_("Unknown licence: %(name)s") % {"name": name})
    return ""


def _consent(name: str) -> str:
    if name and name not in Consent.values:
        raise RowError(
            _("Unknown answer about people in the picture: %(name)s") % {"name": name}
        )
    return name
