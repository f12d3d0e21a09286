"""Setting up a campaign: Wagtail's views, which write what was there before and after."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.log_actions import log

from library.admin_search import FoldedSearch
from library.contributions.models import Campaign

ACTION = "contributions.campaign"


class CampaignsView(FoldedSearch, IndexView):
    """Searched without marks."""


class _Logged:
    request: Any
    form: Any

    @transaction.atomic
    def save_instance(self) -> Campaign:
        before = _told(self.form.instance.pk)
        saved: Campaign = super().save_instance()  # type: ignore[misc]
        _write(saved, before, _told(saved.pk), self.request.user)
        return saved


class AddCampaign(_Logged, CreateView):
    pass


class EditCampaign(_Logged, EditView):
    pass


class DeleteCampaign(DeleteView):
    @transaction.atomic
    def delete_action(self) -> None:
        _write(self.object, _told(self.object.pk), {}, self.request.user)
        super().delete_action()


def _write(
    campaign: Campaign, before: dict[str, Any], after: dict[str, Any], by: User
) -> None:
    if before != after:
        log(campaign, ACTION, user=by, data={"before": before, "after": after})


def _told(pk: int | None) -> dict[str, Any]:
    """As it stands in the database: what the form holds may be another already."""
    campaign = Campaign.objects.filter(pk=pk).first()
    if campaign is None:
        return {}
    targets = campaign.targets.select_related("unit", "unit_kind", "clip_kind")
    return {
        "name": campaign.name,
        "starts_on": campaign.starts_on.isoformat(),
        "ends_on": campaign.ends_on.isoformat(),
        "targets": sorted(
            f"{target} ({target.clip_kind})" if target.clip_kind else str(target)
            for target in targets
        ),
    }
