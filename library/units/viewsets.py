"""Admin pages of unit kinds, which superusers edit as data."""

from __future__ import annotations

from wagtail.admin.viewsets.model import ModelViewSet

from library.units.models import UnitKind


class UnitKindViewSet(ModelViewSet):
    model = UnitKind
    icon = "tag"
    add_to_settings_menu = True
    form_fields = ["code", "name", "short_name", "rank", "holds_targets"]
    list_display = ["name", "short_name", "rank", "holds_targets"]
    inspect_view_enabled = False
