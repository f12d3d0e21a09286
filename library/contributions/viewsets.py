"""Campaigns and their targets in Wagtail's settings; superusers alone hold the rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from library.contributions.campaign_forms import CampaignForm
from library.contributions.campaign_views import (
    AddCampaign,
    CampaignsView,
    DeleteCampaign,
    EditCampaign,
)
from library.contributions.forms import DayInput
from library.contributions.models import Campaign


class CampaignViewSet(ModelViewSet):
    model = Campaign
    index_view_class = CampaignsView
    add_view_class = AddCampaign
    edit_view_class = EditCampaign
    delete_view_class = DeleteCampaign
    icon = "date"
    menu_label = _("Campaigns and targets")
    menu_order = 300
    add_to_settings_menu = True
    list_display = ("name", "starts_on", "ends_on")
    search_fields = ("name",)
    add_to_reference_index = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel(
                [
                    FieldPanel("starts_on", widget=DayInput),
                    FieldPanel("ends_on", widget=DayInput),
                ]
            ),
            InlinePanel(
                "targets",
                heading=_("Targets"),
                label=_("target"),
                help_text=_(
                    "Each is for one unit, or for every unit of a kind. What is set for "
                    "a unit goes before what is set for its kind."
                ),
                panels=[
                    FieldRowPanel([FieldPanel("unit_kind"), FieldPanel("unit")]),
                    FieldRowPanel(
                        [
                            FieldPanel("clips", heading=_("Number of clips")),
                            FieldPanel("clip_kind"),
                        ]
                    ),
                ],
            ),
        ],
        base_form_class=CampaignForm,
    )


campaigns = CampaignViewSet("campaigns")
