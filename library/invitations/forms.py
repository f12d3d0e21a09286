"""The forms of invitations: the admin's who invites, and the newcomer's who comes."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.invitations import codes
from library.invitations.inviting import LASTS, Offer
from library.invitations.models import Invitation
from library.units import names
from library.units.member_forms import RoleForm
from library.units.models import Role

MOST_ADDRESSES = 50
MOST_PLACES = 200
LONGEST = datetime.timedelta(days=366)


class AddressesField(forms.CharField):
    """Mail addresses, one a line or separated by commas; each is taken once."""

    widget = forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        words = re.split(r"[\s,;]+", super().to_python(value) or "")
        return list({word.lower(): word for word in words if word}.values())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_ADDRESSES:
            said = _("At most %(most)s addresses at once.")
            raise ValidationError(said, params={"most": MOST_ADDRESSES})
        for address in value:
            try:
                validate_email(address)
            except ValidationError as error:
                said = _("“%(address)s” is no mail address.")
                raise ValidationError(said, params={"address": address}) from error


class InvitationForm(RoleForm):
    """To addresses, or without any as a code to be printed."""

    emails = AddressesField(
        label=_("E-mail addresses"),
        required=False,
        help_text=_(
            "One or several; each gets an invitation of its own. Left empty: a code with "
            "QR to be printed."
        ),
    )
    places = forms.IntegerField(
        label=_("How many people may use the code"),
        initial=1,
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("For a printed code. A code for an admin is for one person."),
    )
    last_day = forms.DateField(
        label=_("Invitation valid until"),
        initial=lambda: timezone.localdate() + LASTS,
        help_text=_("The last day on which it can be accepted"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    field_order = ("unit", "role", "emails", "places", "last_day")

    def clean_last_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["last_day"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("This day is over."))
        if day > today + LONGEST:
            raise ValidationError(_("An invitation is valid for a year at most."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["places"] = cleaned.get("places") or 1
        until = cleaned.get("valid_until")
        if until and until <= timezone.localdate():
            self.add_error("valid_until", _("This day is over."))
        if cleaned["places"] > 1 and cleaned.get("emails"):
            said = _("An invitation by mail is for one person.")
            self.add_error("places", said)
        elif cleaned["places"] > 1 and cleaned.get("role") == Role.ADMIN:
            self.add_error("places", _("A code for an admin is for one person."))
        self._refuse_a_second()
        return cleaned

    def _refuse_a_second(self) -> None:
        """Who was invited already is sent the same one again."""
        asked = self.cleaned_data
        if not {"unit", "role"} <= asked.keys():
            return
        same = Invitation.objects.open().filter(unit=asked["unit"], role=asked["role"])
        known = {email.lower() for email in same.values_list("email", flat=True)}
        for address in asked.get("emails") or []:
            if address.lower() in known:
                said = _(
                    "%(address)s has an open invitation to this role: send that one "
                    "again, from the list."
                )
                params = {"address": address}
                self.add_error("emails", ValidationError(said, params=params))

    def offer(self) -> Offer:
        told = self.cleaned_data
        return Offer(
            unit=told["unit"],
            role=Role(told["role"]),
            valid_from=told["valid_from"],
            valid_until=told["valid_until"],
            expires_on=told["last_day"] + datetime.timedelta(1),
        )


class CodeForm(forms.Form):
    """The code as it is printed; small letters and missing hyphens are fine."""

    code = forms.CharField(
        label=_("Code of your invitation"),
        help_text=_("Ten letters and digits, as on the slip or in the mail"),
        max_length=40,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "invitation-code",
            }
        ),
    )

    def clean_code(self) -> str:
        """What cannot be a code is no guess at one."""
        if code := codes.read(self.cleaned_data["code"]):
            return code
        raise ValidationError(_("A code has ten letters and digits. Compare again."))


class AccountForm(UserCreationForm):  # type: ignore[type-arg]
    """A newcomer's account: Django's own form, with the name as people write it."""

    full_name = forms.CharField(
        label=_("Full name"),
        help_text=_("Family name first, with all marks"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name", "autofocus": True}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("For news of your clips and for a new password"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "email")

    field_order = ("full_name", "username", "email", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.label = _("User name")
        name.help_text = _(
            "You sign in by it: letters, digits and . - _ without blanks"
        )
        name.widget.attrs.update({"autocomplete": "username", "spellcheck": "false"})
        name.widget.attrs.pop("autofocus", None)
        self.fields["password2"].label = _("The password once more")
        self.fields["password2"].help_text = ""

    def clean_full_name(self) -> str:
        for part, words in names.parts(self.cleaned_data["full_name"]).items():
            setattr(self.instance, part, words)
        return self.instance.get_full_name()

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=address, is_active=True).exists():
            raise ValidationError(
                _("There is an account with this address: sign in instead.")
            )
        return address
