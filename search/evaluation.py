"""Judging a search by records and queries from files, in an index that nobody else sees."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from search.documents import Cue, Label, Record
from search.errors import BadLinesError, BadQueryError
from search.index import Engine, ask
from search.queries import LARGEST_PAGE, Query
from search.text import normalise

MOST_FAULTS_TOLD = 20
_LARGEST_NUMBER = 2**31 - 1


Faults = Callable[[Mapping[str, Any]], Iterator[str]]


class Records:
    """The records of a file, read anew each time: a hundred thousand fit into no list.

    Raises BadLinesError when a line holds none, before any is handed out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        lines: dict[Any, int] = {}
        twice: list[str] = []
        for number, row in _rows(path, _record_faults):
            if (line := lines.setdefault(row["id"], number)) != number:
                twice.append(f"line {number}: its id is that of line {line}")
        _refuse(path, twice)
        self.ids = list(lines)

    def __iter__(self) -> Iterator[Record]:
        """Numbered from 1 in the order of the file, as ids may be any text."""
        for number, (_, row) in enumerate(_rows(self.path, _record_faults), start=1):
            yield record_of(row, number)

    def __len__(self) -> int:
        return len(self.ids)


def queries(path: Path, limit: int = LARGEST_PAGE) -> list[Query]:
    """The queries of a file; raises BadLinesError."""
    return [query_of(row, limit) for _, row in _rows(path, _query_faults)]


def results(
    engine: Engine, asked: Iterable[Query], records: Records
) -> Iterator[dict[str, Any]]:
    """What each query finds, with the ids of the file."""
    for query in asked:
        start = time.perf_counter()
        hits = ask(engine, query)
        took = (time.perf_counter() - start) * 1000
        yield {
            "q": query.text,
            "ids": [records.ids[hit.id - 1] for hit in hits.hits],
            "total": hits.total,
            "moments": [
                {
                    "id": records.ids[hit.id - 1],
                    "start_ms": moment.start_ms,
                    "text": moment.text,
                }
                for hit in hits.hits
                for moment in hit.moments
            ],
            "did_you_mean": hits.did_you_mean,
            "took_ms": round(took, 2),
        }


def record_of(row: Mapping[str, Any], number: int) -> Record:
    """A public record; what things are filed under has its name for a code."""
    unit, published = row.get("unit"), row.get("published_at")
    return Record(
        id=number,
        title=row["title"],
        description=row.get("description") or "",
        subject=_label(row.get("subject")),
        grades=tuple(_grade(str(grade)) for grade in row.get("grades") or ()),
        skills=tuple(_named(skill) for skill in row.get("skills") or ()),
        units=(_named(unit),) if unit else (),
        series=_label(row.get("series")),
        speakers=tuple(str(name) for name in row.get("speakers") or ()),
        captions=tuple(
            Cue(int(cue["start_ms"]), int(cue["end_ms"]), cue["text"])
            for cue in row.get("captions") or ()
        ),
        published_at=_moment(published) if published else None,
        views=int(row.get("views") or 0),
        public=True,
    )


def query_of(row: Mapping[str, Any], limit: int = LARGEST_PAGE) -> Query:
    """Values of filters are names, as in the records."""
    filters = {
        facet: tuple(normalise(str(value)) for value in _listed(values))
        for facet, values in (row.get("filters") or {}).items()
    }
    return Query(row["q"], filters, limit=limit)


def _rows(path: Path, faults_of: Faults) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each line that is not blank with its number; bad ones are raised together at the end."""
    faults: list[str] = []
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            row, fault = _parsed(line, faults_of)
            if fault:
                faults.append(f"line {number}: {fault}")
            else:
                yield number, row
    _refuse(path, faults)


def _parsed(line: str, faults_of: Faults) -> tuple[dict[str, Any], str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}, "is not JSON"
    if not isinstance(row, dict):
        return {}, "is not an object"
    return row, next(faults_of(row), "")


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        told = faults[:MOST_FAULTS_TOLD]
        if more := len(faults) - len(told):
            told.append(f"and {more} more")
        raise BadLinesError(f"{path.name}: {'; '.join(told)}")


def _record_faults(row: Mapping[str, Any]) -> Iterator[str]:
    for name, (is_right, rule) in _RULES.items():
        value = row.get(name)
        is_missing = value is None and name not in _REQUIRED
        if not is_missing and not is_right(value):
            yield f"{name} must be {rule}"


def _query_faults(row: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(row.get("q"), str):
        yield "q must be a text"
        return
    filters = row.get("filters") or {}
    if not isinstance(filters, dict) or not all(
        _is_name(value) for values in filters.values() for value in _listed(values)
    ):
        yield "filters must be an object of texts or lists of texts"
        return
    try:
        query_of(row)
    except BadQueryError as error:
        yield str(error)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_title(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_names(values: object) -> bool:
    return isinstance(values, list) and all(map(_is_name, values))


def _are_captions(cues: object) -> bool:
    return isinstance(cues, list) and all(
        isinstance(cue, dict)
        and isinstance(cue.get("text"), str)
        and _is_number(cue.get("start_ms"))
        and _is_number(cue.get("end_ms"))
        for cue in cues
    )


def _is_number(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and 0 <= value <= _LARGEST_NUMBER  # type: ignore[operator]


def _is_id(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool) and value != ""


def _is_name(value: object) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and (not value or bool(_moment(value)))
    except (ValueError, OverflowError):
        return False


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


def _label(name: str | None) -> Label | None:
    return _named(name) if name else None


def _named(name: Any) -> Label:
    return Label(normalise(str(name)), str(name))


def _grade(name: str) -> Label:
    """Of “10” the name is what pupils call it."""
    return Label(normalise(name), f"Lớp {name}" if name.isdigit() else name)


_REQUIRED = ("id", "title")
_RULES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "id": (_is_id, "a number or a text"),
    "title": (_is_title, "a text"),
    **dict.fromkeys(("description", "subject", "unit", "series"), (_is_text, "a text")),
    **dict.fromkeys(("grades", "skills", "speakers"), (_are_names, "a list of texts")),
    "captions": (_are_captions, "a list of {start_ms, end_ms, text}"),
    "published_at": (_is_moment, "a date and a time"),
    "views": (_is_number, "a number"),
}
