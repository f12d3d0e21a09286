"""The contributor's pages and the resumable upload, as requests and answers."""

from __future__ import annotations

import contextlib
import uuid

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from library import journey
from library.units.permissions import Right, units_where
from library.uploads import sessions, tus
from library.uploads.models import UploadSession


class SignedIn(HttpRequest):
    """What is left behind `login_required` and the protocol: somebody's request."""

    user: User


@tus.protocol
def tus_create(request: SignedIn) -> HttpResponse:
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST, OPTIONS"})
    wanted = tus.read_creation(request)
    unit = get_object_or_404(
        units_where(request.user, Right.ADD_CLIPS), code=wanted.unit_code
    )
    sessions.refuse_beyond_limits(request.user, wanted.size)
    session = journey.upload_started(request.user, unit, wanted.file_name, wanted.size)
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
            sessions.touched(session)
            _receive_when_whole(session)
            return tus.appended(session, offset)
        case "DELETE":
            sessions.cancel(session)
            return HttpResponse(status=204)
    return HttpResponse(status=405, headers={"Allow": "HEAD, PATCH, DELETE, OPTIONS"})


def _receive_when_whole(session: UploadSession) -> None:
    """Also on HEAD: the server may have died between the last byte and this."""
    if session.finished_at is None and session.offset == session.size:
        with contextlib.suppress(sessions.AlreadyFinishedError):
            journey.received(session)
