"""The forms by which a unit's admin gives a person a role, and changes its dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from library.units.models import Membership, Role, UnitPage
from library.units.permissions import Person, Right, units_where

ROLES = (
    (
        Role.CONTRIBUTOR.value,
        _("Contributor: uploads clips, describes them and submits them for review"),
    ),
    (
        Role.CURATOR.value,
        _(
            "Curator: watches and answers what the units below submit, withdraws clips, "
            "reads the report"
        ),
    ),
    (
        Role.ADMIN.value,
        _(
            "Admin: gives and ends roles, mends descriptions, withdraws clips, reads the "
            "report"
        ),
    ),
)


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Units in the order of the tree, each with the one above it: names come often."""

    above: Mapping[str, str] = {}

    def label_from_instance(self, unit: UnitPage) -> str:
        above = self.above.get(unit.path[: -unit.steplen])
        return f"{unit.title} ({above})" if above else unit.title


class DatesForm(forms.Form):
    """Since when a role holds and, where that is known, until when."""

    valid_from = forms.DateField(
        label=pgettext_lazy("a day", "From"),
        initial=timezone.localdate,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    valid_until = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without the role; empty: until it is ended"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", _("The end lies before the beginning."))
        return cleaned


class RoleForm(DatesForm):
    """Which role, where and for how long; only units whose people `by` manages."""

    unit = UnitField(
        label=_("Unit"),
        help_text=_("The role holds here and at all units below."),
        queryset=UnitPage.objects.none(),
        empty_label=_("Choose a unit"),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        field: UnitField = self.fields["unit"]  # type: ignore[assignment]
        field.above = dict(UnitPage.objects.values_list("path", "title"))
        standing = units_where(by, Right.MANAGE_MEMBERS).filter(ended_on=None)
        field.queryset = standing.order_by("path")


class MembershipForm(RoleForm):
    """Names the person by account or mail: an admin of one unit sees no list of all."""

    person = forms.CharField(
        label=_("Account or e-mail"),
        help_text=_("Of somebody who has an account; whoever has none is invited."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("person", "unit", "role", "valid_from", "valid_until")

    def clean_person(self) -> User:
        words = self.cleaned_data["person"].strip()
        found = User.objects.filter(
            Q(username__iexact=words) | Q(email__iexact=words), is_active=True
        )
        if len(found) > 1:
            raise ValidationError(_("Several accounts have this address: name one."))
        if not found:
            raise ValidationError(_("There is no account of this name or address."))
        person: User = found[0]
        if person.pk == self.by.pk and not person.is_superuser:
            raise ValidationError(_("Nobody gives a role to themselves."))
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"person", "unit", "role"} <= cleaned.keys() and (held := _held(cleaned)):
            said = _(
                "This person has the role here since %(day)s. Its dates are changed in "
                "the list of people."
            )
            day = date_format(held.valid_from, "d/m/Y")
            self.add_error("role", ValidationError(said, params={"day": day}))
        return cleaned


def _held(answers: Mapping[str, Any]) -> Membership | None:
    """The same role, not yet ended: giving it again would quietly move its dates."""
    same = Membership.objects.filter(
        user=answers["person"], unit=answers["unit"], role=answers["role"]
    )
    return same.exclude(valid_until__lte=timezone.localdate()).first()
