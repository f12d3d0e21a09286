"""Admin pages of unit kinds, which superusers edit as data."""

from __future__ import annotations

from django.template.defaultfilters import yesno
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from library.units.deletion import DeleteUnlessInUse
from library.units.models import UnitKind


class UnitKindViewSet(ModelViewSet):
    model = UnitKind
    icon = "tag"
    add_to_settings_menu = True
    delete_view_class = DeleteUnlessInUse
    panels = (
        FieldPanel("name"),
        FieldPanel("short_name", help_text=_("Where there is little room")),
        FieldPanel(
            "code",
            help_text=_("Small letters without marks, digits and hyphens: doan-truong"),
        ),
        FieldPanel("rank"),
        FieldPanel(
            "holds_targets", help_text=_("Campaigns may set targets for such units")
        ),
    )
    list_display = (
        "name",
        "short_name",
        "rank",
        Column(
            "holds_targets",
            label=_("May hold targets"),
            accessor=lambda kind: yesno(kind.holds_targets),
            sort_key="holds_targets",
        ),
    )
    inspect_view_enabled = False
