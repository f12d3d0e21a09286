"""Upload sessions: how they start, finish, wait for the review and are swept away."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from library.clips import drafts
from library.clips.models import ClipPage
from library.clips.titles import nfc, title_from
from library.uploads.models import UploadSession
from media_pipeline.models import Asset

SPARE_BYTES = 512 * 1024**2  # what the disk keeps free beside the uploads


class UploadRefusedError(Exception):
    """The upload may not start; the message tells its person why. `status` is HTTP's."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class AlreadyFinishedError(Exception):
    """Another request has finished this session: there is nothing left to do."""


@dataclass(frozen=True)
class Swept:
    sessions: int = 0
    files: int = 0
    drafts: int = 0


@transaction.atomic
def start(user: User, clip: ClipPage, file_name: str, size: int) -> UploadSession:
    refuse_beyond_limits(user, size)
    session = UploadSession.objects.create(
        owner=user,
        clip=clip,
        file_name=nfc(file_name)[:255] or _("video"),
        size=size,
        expires_at=_expiry(),
    )
    session.staging_path.parent.mkdir(parents=True, exist_ok=True)
    session.staging_path.touch(mode=0o600)
    return session


def refuse_beyond_limits(user: User, size: int) -> None:
    limit = settings.MAX_UPLOAD_BYTES
    if size > limit:
        raise UploadRefusedError(
            _("The file is larger than %(limit)s. Please export it smaller or cut it.")
            % {"limit": filesizeformat(limit)},
            status=413,
        )
    if open_for(user).count() >= settings.UPLOADS_OPEN_PER_PERSON:
        raise UploadRefusedError(
            _(
                "You have %(count)s unfinished uploads. Please finish or cancel one of "
                "them before you start another."
            )
            % {"count": settings.UPLOADS_OPEN_PER_PERSON},
            status=429,
        )
    if _free_bytes() < size + SPARE_BYTES:
        raise UploadRefusedError(
            _("The library's disk is full at the moment. Please try again later."),
            status=507,
        )


def refuse_unless_wanted(user: User, clip: ClipPage) -> None:
    """The row is held: of many who choose a file for a draft at once, one begins, and the
    others find its upload."""
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    if clip.has_open_upload:
        raise UploadRefusedError(
            _(
                "An upload for this clip is not finished. Go on with it, or cancel it "
                "first."
            ),
            status=409,
        )
    if not drafts.takes_video(clip, user):
        raise UploadRefusedError(
            _(
                "This clip takes no other file: it has its video, or somebody is "
                "deciding about it."
            ),
            status=409,
        )


def refuse_when_settled(session: UploadSession) -> None:
    """It was decided about meanwhile, with the video that it had: this one is dropped."""
    clip = ClipPage.objects.filter(pk=session.clip_id).first()
    if clip is not None and drafts.is_settled(clip):
        give_up(session)
        raise UploadRefusedError(
            _("The clip is public or under review by now: this file is not used."),
            status=410,
        )


def touched(session: UploadSession) -> bool:
    """Bytes came: it has its full time again. False: it was given up meanwhile."""
    session.expires_at = _expiry()
    row = UploadSession.objects.filter(pk=session.pk)
    return row.update(expires_at=session.expires_at) == 1


def finish(session: UploadSession) -> str:
    """The name of the whole staging file; of many callers one gets it."""
    now = timezone.now()
    mine = UploadSession.objects.filter(pk=session.pk, finished_at=None)
    if mine.update(finished_at=now) != 1:
        raise AlreadyFinishedError
    session.finished_at = now
    return session.staged_as


def open_for(user: User) -> QuerySet[UploadSession]:
    return UploadSession.objects.open().filter(owner=user)


def cancel(session: UploadSession) -> None:
    """The bytes go, and the draft with them when nothing else came of it."""
    give_up(session)
    if _is_untouched(session.clip, session.file_name):
        session.clip.delete()


def give_up(session: UploadSession) -> None:
    """The bytes go, the draft waits for another file.

    The row first: when another request has just finished it, the file is the engine's.
    """
    mine = UploadSession.objects.filter(pk=session.pk, finished_at=None)
    if mine.delete()[0]:
        session.staging_path.unlink(missing_ok=True)


def submit_when_playable(clip: ClipPage, user: User) -> None:
    """Noted in the rows: whoever sees it play first carries it out."""
    clip.uploads.update(submit_by=user)


def to_be_submitted_by(clip: ClipPage) -> User | None:
    """Who pressed “submit” before it played; nobody once their account is gone."""
    waiting = clip.uploads.exclude(submit_by=None).select_related("submit_by")
    session: UploadSession | None = waiting.first()
    return session.submit_by if session else None


def submission_is_over(clip: ClipPage) -> None:
    """Carried out, or no longer wanted: it happens once."""
    clip.uploads.update(submit_by=None)


def clean() -> Swept:
    """Expired sessions with their files and empty drafts, and files nobody knows."""
    expired = list(UploadSession.objects.expired().select_related("clip"))
    clips = {session.clip_id for session in expired}
    for session in expired:
        cancel(session)
    left = set(ClipPage.objects.filter(pk__in=clips).values_list("pk", flat=True))
    return Swept(len(expired), _sweep_files(), len(clips - left))


def complete_but_unfinished() -> list[UploadSession]:
    """The server died between the last byte and the next stage."""
    return [one for one in UploadSession.objects.open() if one.offset == one.size]


def _sweep_files() -> int:
    """A day old and neither an open session's nor on the engine's way."""
    folder = Path(settings.STAGING_DIR)
    if not folder.is_dir():
        return 0
    day_ago = timezone.now().timestamp() - 24 * 3600
    old = [path for path in folder.iterdir() if path.stat().st_mtime < day_ago]
    known = {one.staged_as for one in UploadSession.objects.open()}
    known |= set(
        Asset.objects.exclude(staged_as="").values_list("staged_as", flat=True)
    )
    orphans = [path for path in old if path.is_file() and path.name not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _is_untouched(clip: ClipPage, file_name: str) -> bool:
    """Never a video, never submitted, no other upload: only the name of a file."""
    return (
        clip.asset_id is None
        and clip.title == title_from(file_name)
        and not clip.uploads.exists()
        and not clip.workflow_states.exists()
        and not clip.description
        and clip.kind_id is None
    )


def _expiry() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=settings.UPLOAD_EXPIRES_DAYS)


def _free_bytes() -> int:
    folder = Path(settings.STAGING_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free
