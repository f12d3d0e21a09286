"""Campaigns and their targets in Wagtail's settings; superusers alone hold the rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.viewsets.model import ModelViewSet

from library.contributions.models import Campaign


class CampaignViewSet(ModelViewSet):
    model = Campaign
    icon = "date"
    menu_label = _("Campaigns and targets")
    menu_order = 300
    add_to_settings_menu = True
    list_display = ("name", "starts_on", "ends_on")
    search_fields = ("name",)
    add_to_reference_index = False
    panels = (
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        InlinePanel(
            "targets",
            heading=_("Targets"),
            label=_("target"),
            panels=[
                FieldRowPanel([FieldPanel("unit_kind"), FieldPanel("unit")]),
                FieldRowPanel([FieldPanel("clips"), FieldPanel("clip_kind")]),
            ],
        ),
    )


campaigns = CampaignViewSet("campaigns")
