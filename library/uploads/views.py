"""The contributor's pages and the resumable upload, as requests and answers."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from library import journey
from library.clips import captions as clip_captions
from library.clips import drafts, gate
from library.clips.models import ClipPage
from library.clips.progress import stage_of
from library.uploads import pages, sessions, tus
from library.uploads.forms import CaptionsForm, DetailsForm
from library.uploads.models import UploadSession

UNDER_REVIEW = gettext_lazy(
    "The clip is being reviewed; its details wait for the answer."
)


class SignedIn(HttpRequest):
    """What is left behind `login_required` and the protocol: somebody's request."""

    user: User


@login_required
def my_clips(request: SignedIn) -> HttpResponse:
    of_units = "don-vi" in request.GET
    context = {
        "rows": pages.rows_for(
            request.user, request.GET.get("page", "1"), of_units=of_units
        ),
        "of_units": of_units,
        "unfinished": pages.unfinished_for(request.user),
        "may_upload": bool(pages.units_for(request.user)),
    }
    return render(request, "uploads/my_clips.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    units = pages.units_for(request.user)
    return render(request, "uploads/new.html", {"units": units})


@login_required
def unfinished(request: SignedIn) -> HttpResponse:
    found = [asdict(one) for one in pages.unfinished_for(request.user)]
    return JsonResponse({"uploads": found})


@login_required
def clip(request: SignedIn, clip_id: int) -> HttpResponse:
    found = _changeable(request, clip_id)
    if request.method == "POST":
        return _save(request, found)
    return _clip_page(request, found)


@login_required
def status(request: SignedIn, clip_id: int) -> HttpResponse:
    return JsonResponse(pages.status(_changeable(request, clip_id)))


@login_required
@require_http_methods(["GET", "POST"])
def retry(request: SignedIn, clip_id: int) -> HttpResponse:
    """After we failed: the question, then the act; a second answer changes nothing."""
    found = _changeable(request, clip_id)
    if request.method != "POST":
        return render(request, "uploads/retry.html", {"clip": found})
    if journey.tried_again(found, request.user):
        messages.success(request, _("The video is being prepared once more."))
    return redirect("uploads:clip", found.pk)


@login_required
@require_POST
def captions(request: SignedIn, clip_id: int) -> HttpResponse:
    found = _changeable(request, clip_id)
    form = CaptionsForm(request.POST, request.FILES)
    if form.is_valid() and _take_captions(request, found, form):
        messages.success(request, _("The captions are there."))
        return redirect("uploads:clip", found.pk)
    return _clip_page(request, found, captions_form=form)


@login_required
@require_POST
def remove_captions(request: SignedIn, clip_id: int, language: str) -> HttpResponse:
    found = _changeable(request, clip_id)
    _unless_locked(
        request, partial(clip_captions.remove, found, request.user, language)
    )
    return redirect("uploads:clip", found.pk)


@login_required
@require_POST
def discard(request: SignedIn, clip_id: int) -> HttpResponse:
    found = _changeable(request, clip_id)
    if not drafts.is_discardable(found):
        messages.error(request, _("This clip can no longer be deleted."))
        return redirect("uploads:clip", found.pk)
    found.delete()
    messages.success(request, _("The draft is deleted."))
    return redirect("uploads:my_clips")


@login_required
@require_POST
def give_up_upload(request: SignedIn, clip_id: int) -> HttpResponse:
    found = _changeable(request, clip_id)
    for session in sessions.open_for(request.user).filter(clip=found):
        sessions.give_up(session)
    return redirect("uploads:clip", found.pk)


@tus.protocol
def tus_create(request: SignedIn) -> HttpResponse:
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST, OPTIONS"})
    session = _begun(request, tus.read_creation(request))
    _receive_when_whole(session)
    at = request.build_absolute_uri(reverse("uploads:tus_upload", args=[session.uuid]))
    return tus.created(session, at, reverse("uploads:clip", args=[session.clip_id]))


@tus.protocol
def tus_upload(request: SignedIn, session_uuid: uuid.UUID) -> HttpResponse:
    own = UploadSession.objects.filter(owner=request.user)
    session = get_object_or_404(own, uuid=session_uuid)
    tus.refuse_when_over(session, request)
    match request.method:
        case "HEAD":
            _receive_when_whole(session)
            return tus.told(session)
        case "PATCH":
            offset = tus.append(session, request)
            if not sessions.touched(session):
                raise tus.over()
            _receive_when_whole(session)
            return tus.appended(session, offset)
        case "DELETE":
            sessions.cancel(session)
            return HttpResponse(status=204)
    return HttpResponse(status=405, headers={"Allow": "HEAD, PATCH, DELETE, OPTIONS"})


def _begun(request: SignedIn, wanted: tus.Creation) -> UploadSession:
    """In a new draft of the unit, or in the one that needs another file."""
    user, file = request.user, (wanted.file_name, wanted.size)
    if wanted.clip_id is not None:
        theirs = ClipPage.objects.changeable_by(user)
        if (found := theirs.filter(pk=wanted.clip_id).first()) is None:
            raise tus.TusError(_("There is no such clip."), 404)
        return journey.another_upload_started(user, found, *file)
    unit = get_object_or_404(pages.units_for(user), code=wanted.unit_code)
    return journey.upload_started(user, unit, *file)


def _receive_when_whole(session: UploadSession) -> None:
    """Also on HEAD: the server may have died between the last byte and this."""
    if session.finished_at is None and session.offset == session.size:
        with contextlib.suppress(sessions.AlreadyFinishedError):
            journey.received(session)


def _changeable(request: SignedIn, clip_id: int) -> ClipPage:
    """404 for whoever may not change it: a draft of another unit does not exist."""
    return get_object_or_404(ClipPage.objects.changeable_by(request.user), pk=clip_id)


def _clip_page(request: SignedIn, found: ClipPage, **forms: Any) -> HttpResponse:
    """Whole, or for our own script the part with the details alone."""
    by_script = request.headers.get("X-Requested-With") == "fetch"
    context = pages.clip_page(found, request.user, **forms)
    return render(
        request,
        "uploads/parts/details.html" if by_script else "uploads/clip.html",
        {**context, "by_script": by_script, "thread": journey.said_about(found)},
    )


def _save(request: SignedIn, found: ClipPage) -> HttpResponse:
    """Saves what is valid as a whole; then submits it where that was asked."""
    form = DetailsForm(request.POST, draft=drafts.latest(found))
    if "X-Autosave" in request.headers:
        return _saved_quietly(request, found, form)
    saved = form.is_valid() and _unless_locked(
        request, lambda: drafts.save_details(found, request.user, form.details())
    )
    if not saved or ("submit" in request.POST and not _submit(request, found, form)):
        return _clip_page(request, found, form=form)
    if "submit" not in request.POST:
        messages.success(request, _("Saved."))
    return redirect("uploads:clip", found.pk)


def _saved_quietly(
    request: SignedIn, found: ClipPage, form: DetailsForm
) -> JsonResponse:
    """What was not saved is said where it was typed, not on whatever page comes next."""
    if not form.is_valid():
        return JsonResponse({"saved": False, "sentence": form.faults()}, status=422)
    try:
        drafts.save_details(found, request.user, form.details(), quietly=True)
    except drafts.LockedError:
        told = {"saved": False, "sentence": str(UNDER_REVIEW)}
        return JsonResponse(told, status=423)
    return JsonResponse({"saved": True})


def _submit(request: SignedIn, found: ClipPage, form: DetailsForm) -> bool:
    form.refuse(gate.details_missing(drafts.latest(found)))
    if form.errors:
        return False
    fresh = ClipPage.objects.get(pk=found.pk)
    if not (stage := stage_of(fresh)).may_submit:
        messages.error(request, f"{stage.sentence} {stage.next_step}")
        return False
    try:
        is_public = journey.submitted(fresh, request.user)
    except PermissionDenied as error:  # the review's own sentence
        messages.error(request, str(error))
        return False
    messages.success(request, pages.submitted_sentence(fresh, is_public=is_public))
    return True


def _unless_locked(request: SignedIn, act: Callable[[], object]) -> bool:
    try:
        act()
    except drafts.LockedError:
        messages.error(request, str(UNDER_REVIEW))
        return False
    return True


def _take_captions(request: SignedIn, found: ClipPage, form: CaptionsForm) -> bool:
    language, data = form.cleaned_data["language"], form.cleaned_data["file"].read()
    take = partial(clip_captions.take, found, request.user, language, data)
    try:
        return _unless_locked(request, take)
    except ValidationError as error:
        form.add_error("file", error)
        return False
