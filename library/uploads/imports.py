"""Bringing a manifest's entries in: found again on a second run, copied, described."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from library.clips import captions, drafts
from library.clips.models import ClipPage
from library.uploads.manifest import Entry
from library.uploads.models import UploadSession


def already_there(entry: Entry) -> ClipPage | None:
    """An earlier run's clip: the same unit, title, file name and size."""
    return (
        ClipPage.objects.child_of(entry.unit)
        .filter(
            title=entry.title,
            uploads__file_name=entry.file.name,
            uploads__size=entry.file.stat().st_size,
        )
        .first()
    )


def copied(file: Path) -> Path:
    """A copy in the staging folder: the one that was given stays whose it is."""
    folder = Path(settings.STAGING_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(file, folder / f"import-{uuid.uuid4().hex}"))


def describe(clip: ClipPage, entry: Entry, user: User) -> ClipPage:
    """All that the row says, as its contributor would have typed it."""
    draft = drafts.save_details(
        clip,
        user,
        {
            "title": entry.title,
            "description": entry.description,
            "kind": entry.kind,
            "subject": entry.subject,
            "grades": entry.grades,
            "skills": entry.skills,
            "series": drafts.series_in(entry.unit, entry.series),
            "speakers": entry.speakers,
            "makers": entry.makers,
            "licence": entry.licence,
            "consent": entry.consent,
        },
    )
    if entry.captions is not None:
        captions.take(draft, user, "vi", entry.captions.read_bytes())
    return draft


def publish_when_playable(session: UploadSession, by: User) -> None:
    """Remembered in the row: whoever sees it play first carries it out."""
    session.publish_by = by
    session.save(update_fields=["publish_by"])


def publish_no_more(clip: ClipPage) -> None:
    """That was said of a file which another one has replaced."""
    clip.uploads.update(publish_by=None)


def to_be_published_by(clip: ClipPage) -> User | None:
    """The superuser whose import this is, while it waits to become public."""
    if clip.live or clip.first_published_at is not None:
        return None
    session = clip.uploads.exclude(publish_by=None).select_related("publish_by").first()
    return session.publish_by if session else None
