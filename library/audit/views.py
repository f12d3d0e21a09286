"""The log of every act as a report of Wagtail's admin: who, when, what, before, after."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import django_filters
from django.db.models import IntegerField, QuerySet, Value
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from library.audit import entries
from library.audit.entries import Line

# Words are looked for in the newest so many of those that the other filters leave.
SEARCHED = 20_000


class LogFilterSet(WagtailFilterSet):
    action = django_filters.MultipleChoiceFilter(
        label=_("Action"), widget=CheckboxSelectMultiple, choices=registry.get_choices
    )
    timestamp = django_filters.DateFromToRangeFilter(
        label=_("Date"), widget=DateRangePickerWidget
    )

    class Meta:
        model = PageLogEntry
        fields: list[str] = []


class LogView(ReportView):
    """The newest first. Rows of two tables: numbers on a page, then the entries."""

    page_title = _("Log of acts")
    header_icon = "history"
    template_name = "audit/report.html"
    results_template_name = "audit/results.html"
    index_url_name = "audit:report"
    index_results_url_name = "audit:report_results"
    filterset_class = LogFilterSet
    is_searchable = True
    list_export = ["entry.timestamp", "who", "what", "on_what", "before_and_after"]
    export_headings = {
        "entry.timestamp": _("Time"),
        "who": _("Who"),
        "what": _("What"),
        "on_what": _("On what"),
        "before_and_after": _("Before → after"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not entries.reads(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_filename(self) -> str:
        return f"nhat-ky-{timezone.localdate():%Y-%m-%d}"

    def get_filtered_queryset(self) -> QuerySet[Any] | list[Any]:
        tables = [
            self.filter_queryset(entries.readable(model, self.request.user)).order_by()
            for model in entries.MODELS
        ]
        if self.is_searching:
            return self._holding(tables)
        first, *others = [
            rows.values("pk", "timestamp").annotate(
                table=Value(number, output_field=IntegerField())
            )
            for number, rows in enumerate(tables)
        ]
        return first.union(*others, all=True).order_by("-timestamp", "-pk")

    def _holding(self, tables: list[QuerySet[Any]]) -> list[Line]:
        found = [
            line
            for rows in tables
            for line in entries.holding(
                entries.lines(rows, SEARCHED), self.search_query
            )
        ]
        return sorted(found, key=attrgetter("entry.timestamp"), reverse=True)

    def decorate_paginated_queryset(
        self, object_list: QuerySet[Any] | list[Any]
    ) -> list[Line]:
        found = list(object_list)
        if not self.is_searching:
            found = self._entries(found)
        if not self.is_export:
            self._link(found)
        return found

    def _entries(self, numbers: list[dict[str, Any]]) -> list[Line]:
        known = {}
        for table, model in enumerate(entries.MODELS):
            wanted = [row["pk"] for row in numbers if row["table"] == table]
            for line in entries.lines(model.objects.filter(pk__in=wanted)):
                known[table, line.entry.pk] = line
        return [known[row["table"], row["pk"]] for row in numbers]

    def _link(self, found: list[Line]) -> None:
        """To where the person may change what it was done to, if it is still there."""
        finder = AdminURLFinder(self.request.user)
        things = entries.things(found)
        for line in found:
            thing = things.get((line.entry.content_type_id, str(line.entry.object_id)))
            line.entry.edit_url = finder.get_edit_url(thing) if thing else None

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"searched": SEARCHED if self.is_searching else 0}
