"""Deleting a row of one of the lists: what is in use stays, and the admin says so."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import DeleteView


class DeleteUnlessInUse(DeleteView):
    """Wagtail offers no button then; an answer that comes all the same is a message.

    It knows of most uses from its index of references; the database knows of all.
    """

    template_name = "units/confirm_delete.html"

    def form_valid(self, form: Any) -> HttpResponse:
        if not (self.usage and self.usage.is_protected):
            with suppress(ProtectedError, RestrictedError):
                deleted: HttpResponse = super().form_valid(form)
                return deleted
        messages.error(
            self.request,
            _("“%(name)s” is in use and cannot be deleted.") % {"name": self.object},
        )
        return redirect(self.get_success_url())
