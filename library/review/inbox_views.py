"""A person's inbox in the admin: what they were told, what is unread, when mails come."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from library.review import inbox
from library.review.inbox import MailChoice
from library.review.views import AdminRequest

PER_PAGE = 30


class MailChoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = MailChoice
        fields = ("when",)
        widgets = {"when": forms.RadioSelect}


@require_GET
def index(request: AdminRequest) -> HttpResponse:
    page = Paginator(inbox.of(request.user), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "unread": inbox.unread(request.user),
        "form": MailChoiceForm(initial={"when": inbox.chosen(request.user)}),
    }
    return render(request, "review/inbox.html", context)


@require_POST
def open_notice(request: AdminRequest, notice_id: int) -> HttpResponse:
    """Read from now on, and on to where it is about."""
    mine = inbox.of(request.user)
    notice = get_object_or_404(mine, pk=notice_id)
    inbox.read(mine.filter(pk=notice.pk))
    return redirect(notice.path)


@require_POST
def read_all(request: AdminRequest) -> HttpResponse:
    inbox.read(inbox.of(request.user))
    return redirect("review:inbox")


@require_POST
def choose_mail(request: AdminRequest) -> HttpResponse:
    row = MailChoice.objects.filter(user=request.user).first()
    form = MailChoiceForm(request.POST, instance=row or MailChoice(user=request.user))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    return redirect("review:inbox")
