"""The form of a campaign: no target stands in it twice."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

WHOSE = ("unit", "unit_kind", "clip_kind")


class CampaignForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        """Of two targets for the same clips only one would hold, and nobody sees which."""
        cleaned: dict[str, Any] = super().clean()
        targets, seen = self.formsets["targets"], set()
        targets.is_valid()  # each row by itself: only then has it its `cleaned_data`
        for row in targets.forms:
            whose = tuple(row.cleaned_data.get(name) for name in WHOSE)
            if row in targets.deleted_forms or whose == (None, None, None):
                continue
            if whose in seen:
                row.add_error("clips", _("This target stands here twice."))
            seen.add(whose)
        return cleaned
