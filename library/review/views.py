"""The reviewer's pages inside Wagtail's admin: what waits, one clip, its withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from library.clips.models import ClipPage
from library.review import chain, notes, withdrawal
from library.review.dossier import Dossier, dossier
from library.review.errors import RefusedError
from library.review.forms import AnswerForm, ApprovalForm, NoteForm, WithdrawalForm
from library.review.queue import waiting


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


ANSWERS: Mapping[str, Callable[..., None]] = {
    "approve": chain.approve,
    "changes": chain.ask_for_changes,
    "reject": chain.reject,
}


@require_GET
def queue(request: AdminRequest) -> HttpResponse:
    pages = Paginator(waiting(request.user), 50)
    page = pages.get_page(request.GET.get("p"))
    return render(request, "review/queue.html", {"page": page})


@require_GET
def clip(request: AdminRequest, pk: int) -> HttpResponse:
    return _page(request, found_for(request, pk))


@require_GET
def progress(request: AdminRequest, pk: int) -> JsonResponse:
    """For a page that waits until the clip can be approved: how far it is by now."""
    found = found_for(request, pk)
    html = render_to_string("review/gate.html", _parts(found), request)
    told = {"code": found.code, "moves": found.code == "waits", "html": html}
    return JsonResponse({**told, "news": found.news})


@require_POST
def answer(request: AdminRequest, pk: int, given: str) -> HttpResponse:
    found = found_for(request, pk)
    if given not in ANSWERS:
        raise Http404
    if not found.may_answer:  # somebody was quicker, or it is somebody else's
        messages.error(request, found.why_not or found.news)
        return redirect("review:clip", pk)
    form = (ApprovalForm if given == "approve" else AnswerForm)(request.POST)
    if not form.is_valid():
        return _page(request, found, given, form)
    words = {"words": form.cleaned_data["comment"]}
    if given != "approve":
        words["reason"] = form.cleaned_data["reason"]
    return _answered(request, found, given, words)


@require_POST
def note(request: AdminRequest, pk: int) -> HttpResponse:
    found = found_for(request, pk)
    if not found.may_note:
        raise Http404
    form = NoteForm(request.POST)
    if form.is_valid():
        notes.write(found.clip, request.user, form.cleaned_data["words"])
        messages.success(request, _("The other reviewers read your note here."))
    else:
        messages.error(request, _("Write the note before you save it."))
    return redirect(reverse("review:clip", args=[pk]) + "#notes")


@require_http_methods(["GET", "POST"])
def withdraw(request: AdminRequest, pk: int) -> HttpResponse:
    found = found_for(request, pk)
    if not found.clip.live:  # somebody was quicker, or the page is an old one
        messages.error(request, _("This clip is not published."))
        return redirect("review:clip", pk)
    if not found.may_withdraw:
        raise Http404
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        withdrawal.withdraw(found.clip, request.user, form.cleaned_data["why"])
        messages.success(
            request, _("“%(title)s” has been withdrawn.") % {"title": found.clip.title}
        )
        return redirect("review:clip", pk)
    return render(request, "review/withdraw.html", {"found": found, "form": form})


def found_for(request: AdminRequest, pk: int) -> Dossier:
    """404 for whoever may neither decide on it nor curate its unit."""
    found = dossier(get_object_or_404(ClipPage, pk=pk), request.user)
    if found is None:
        raise Http404
    return found


def _answered(
    request: AdminRequest, found: Dossier, given: str, words: dict[str, str]
) -> HttpResponse:
    try:
        ANSWERS[given](found.step, request.user, **words)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("review:clip", found.clip.pk)
    said = {
        "approve": _("“%(title)s” has been approved."),
        "changes": _("“%(title)s” has been sent back with your words."),
        "reject": _("“%(title)s” has been rejected."),
    }
    messages.success(request, said[given] % {"title": found.shown.title})
    return redirect("review:queue")


def _page(
    request: AdminRequest,
    found: Dossier,
    given: str = "",
    form: AnswerForm | ApprovalForm | None = None,
) -> HttpResponse:
    """The clip; after a refused form its answer stands open with what was typed."""
    parts = _parts(found, given, form)
    return render(request, "review/clip.html", parts, status=422 if form else 200)


def _parts(
    found: Dossier, given: str = "", form: AnswerForm | ApprovalForm | None = None
) -> dict[str, Any]:
    forms = {
        "approve": ApprovalForm(auto_id="approve-%s"),
        "changes": AnswerForm(auto_id="changes-%s"),
        "reject": AnswerForm(auto_id="reject-%s"),
    }
    if form is not None:
        form.auto_id = f"{given}-%s"
        forms[given] = form
    return {"found": found, "forms": forms, "open": given, "note_form": NoteForm()}
