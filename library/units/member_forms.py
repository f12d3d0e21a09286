"""The form by which a unit's admin gives a person a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library.units.models import Role, UnitPage
from library.units.permissions import Person, Right, units_where


class MembershipForm(forms.Form):
    """Names the person by account or mail: an admin of one unit sees no list of all."""

    person = forms.CharField(
        label=_("Account or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    unit: forms.ModelChoiceField[UnitPage] = forms.ModelChoiceField(
        label=_("Unit"), queryset=UnitPage.objects.none()
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    valid_from = forms.DateField(
        label=pgettext_lazy("a day", "From"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    valid_until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without the role; empty: until it is ended"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        units = units_where(by, Right.MANAGE_MEMBERS).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean_person(self) -> User:
        words = self.cleaned_data["person"].strip()
        found = User.objects.filter(
            Q(username__iexact=words) | Q(email__iexact=words), is_active=True
        )
        if len(found) != 1:
            raise ValidationError(_("There is no account of this name or address."))
        person: User = found[0]
        if person.pk == self.by.pk and not person.is_superuser:
            raise ValidationError(_("Nobody gives a role to themselves."))
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", _("The end lies before the beginning."))
        return cleaned
