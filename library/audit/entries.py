"""Which entries of Wagtail's log a person may read: those of the units they administer.

The log keeps pages and other things apart; what hangs on no page is the whole
library's, and superusers alone read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry, ModelLogEntry, Page, PageLogEntry

from library.admin_search import hold
from library.audit import changes
from library.audit.changes import Change
from library.units.permissions import Person, Right, paths_where, within
from search.text import fold

MODELS: tuple[type[BaseLogEntry], ...] = (PageLogEntry, ModelLogEntry)


@dataclass(frozen=True)
class Line:
    """An entry in words."""

    entry: BaseLogEntry
    who: str
    what: str
    on_what: str
    changes: tuple[Change, ...]

    @property
    def before_and_after(self) -> str:
        return "; ".join(map(str, self.changes))

    def holds(self, words: list[str]) -> bool:
        """Whether each word, without marks, stands somewhere in it."""
        told = (self.who, self.what, self.on_what, self.before_and_after)
        return hold(told, words)


def reads(user: Person) -> bool:
    return bool(paths_where(user, Right.READ_LOG))


def readable(model: type[BaseLogEntry], user: Person) -> QuerySet[BaseLogEntry]:
    rows: QuerySet[BaseLogEntry] = model.objects.all()
    if getattr(user, "is_superuser", False):
        return rows
    if model is not PageLogEntry:
        return rows.none()
    pages = Page.objects.filter(within(user, Right.READ_LOG)).order_by()
    return rows.filter(page__in=pages.values("pk"))


def lines(entries: QuerySet[BaseLogEntry], newest: int | None = None) -> Iterator[Line]:
    told = entries.select_related("user", "content_type").order_by("-timestamp", "-pk")
    rows: Iterable[BaseLogEntry] = told.iterator(chunk_size=1000)
    return map(_line, islice(rows, newest))


def holding(found: Iterable[Line], words: str) -> list[Line]:
    wanted = fold(words).split()
    return [line for line in found if line.holds(wanted)]


def things(found: Iterable[Line]) -> dict[tuple[int, str], Any]:
    """What they were done to, as far as it is there: by content type and key.

    Wagtail's own `with_instances` would read the entries once more.
    """
    wanted = defaultdict(set)
    for line in found:
        wanted[line.entry.content_type].add(line.entry.object_id)
    return {
        (kind.pk, str(key)): thing
        for kind, keys in wanted.items()
        if kind is not None and (model := kind.model_class()) is not None
        for key, thing in model._default_manager.in_bulk(keys).items()  # noqa: SLF001 - Django's documented name
    }


def _line(entry: BaseLogEntry) -> Line:
    return Line(
        entry=entry,
        who=str(entry.user_display_name),
        what=_what(entry),
        on_what=entry.label,
        changes=tuple(changes.of(entry)),
    )


def _what(entry: BaseLogEntry) -> str:
    """The bare name of an act that is registered no more."""
    formatter = entry.formatter
    if formatter is None:
        return str(entry.action)
    said = formatter.format_message(entry)
    return str(said or registry.get_action_label(entry.action))
