"""Signing in to the public site: the form, and the demo's people named beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from library.demo.logins import LOGINS, PASSWORD
from library.units.permissions import Right, paths_where


class SignInForm(AuthenticationForm):
    """Django's own form; password managers find their way by the autocomplete tokens."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("This name and password do not go together. Try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["password"].label = _("Password")
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.widget.attrs.setdefault("spellcheck", "false")


class SignIn(LoginView):
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Who uploads begins with the own clips, who reviews or administers in the admin."""
        user = self.request.user
        uploads = not user.is_superuser and paths_where(user, Right.ADD_CLIPS)
        if uploads or not user.has_perm("wagtailadmin.access_admin"):
            return super().get_default_redirect_url()
        return reverse("wagtailadmin_home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the demo it names the people whom a visitor may sign in as."""
        people = LOGINS if settings.DEMO else ()
        context = super().get_context_data(
            demo_people=people, demo_password=PASSWORD, **kwargs
        )
        del context["site_name"]  # Django puts the host there; the library has a name
        return context
