"""Which units made a clip together, said and unsaid by who may give credit there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from library.clips.models import ClipPage
from library.contributions import crews
from library.units.models import UnitPage
from library.units.permissions import Right, within


class PartnersForm(forms.Form):
    """Units by their codes, as reports and imports name them."""

    codes = forms.CharField(
        label=gettext_lazy("Codes of units"),
        help_text=gettext_lazy(
            "One a line, as in the report: thpt-dong-xoai. Empty: the unit made it alone."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, clip: ClipPage) -> None:
        self.clip = clip
        known = clip.partners.values_list("unit__code", flat=True)
        super().__init__(data, initial={"codes": "\n".join(known)})

    def clean_codes(self) -> list[UnitPage]:
        codes = set(self.cleaned_data["codes"].replace(",", " ").split())
        units = list(UnitPage.objects.filter(code__in=codes).order_by("path"))
        if unknown := sorted(codes - {unit.code for unit in units}):
            said = _("There is no unit %(codes)s.")
            raise ValidationError(said, params={"codes": ", ".join(unknown)})
        if len(units) > crews.MOST:
            said = _("At most %(most)d units share a clip.")
            raise ValidationError(said, params={"most": crews.MOST})
        if self.clip.unit in units:
            raise ValidationError(
                _("The unit that the clip stands under counts anyway.")
            )
        return units


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: AdminRequest, clip_id: int) -> HttpResponse:
    clips = ClipPage.objects.filter(within(request.user, Right.SHARE_CREDIT))
    clip = get_object_or_404(clips, pk=clip_id)
    form = PartnersForm(request.POST or None, clip=clip)
    if request.method == "POST" and form.is_valid():
        crews.set_partners(clip, form.cleaned_data["codes"], request.user)
        messages.success(request, _("Who has credit for the clip was written down."))
        return redirect("contributions_partners", clip.pk)
    named = clip.partners.select_related("unit").order_by("unit__path")
    context = {"clip": clip, "form": form, "partners": [row.unit for row in named]}
    return render(request, "contributions/partners.html", context)
