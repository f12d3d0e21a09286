"""Signed papers: what they may be, where they lie, and who may have a look.

They lie in the private storage below keys of our own, never under the name they came
with, and are handed out by one view that leaves a line in the log each time.
"""

from __future__ import annotations

import datetime
import tempfile
import warnings
from pathlib import Path
from typing import IO, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.log_actions import log

from library.consent.models import PersonSeen
from library.units.permissions import Right, may
from media_pipeline import storage

MAX_BYTES = 10 * 1024**2
SEEN = "consent.paper_seen"
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
# Longer than anybody needs to send a form.
GRACE = datetime.timedelta(days=1)


def kind_of(file: UploadedFile[Any]) -> str:
    """By what is in it; its name and what the browser says of it count for nothing."""
    if not file.size or file.size > MAX_BYTES:
        raise ValidationError(_("The file is empty or larger than 10 MB."))
    kind = "pdf" if _is_pdf(file) else _kind_of_picture(file)
    file.seek(0)
    if not kind:
        raise ValidationError(_("Choose a PDF, a JPEG or a PNG file."))
    return kind


def keep(person: PersonSeen, file: UploadedFile[Any], user: User) -> None:
    """The file first, under a fresh key: a row never names one that is not there."""
    kind, before = kind_of(file), person.paper
    person.paper, person.paper_kind = storage.fresh_paper(), kind
    person.paper_by, person.paper_at = user, timezone.now()
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        storage.put_original(Path(copy.name), person.paper)
    person.save(update_fields=["paper", "paper_kind", "paper_by", "paper_at"])
    _delete_after_commit(before)


def drop(person: PersonSeen) -> None:
    _delete_after_commit(person.paper)


def may_see(person: PersonSeen, user: User) -> bool:
    """Curators and admins of the unit and above, and whoever brought it."""
    is_own = person.paper_by_id == user.pk and may(
        user, Right.KEEP_CONSENT, person.clip
    )
    return is_own or may(user, Right.SEE_PAPERS, person.clip)


def opened(person: PersonSeen, user: User) -> IO[bytes]:
    """To be read once; on record before a byte of it is sent."""
    log(person.clip, SEEN, user=user, data={"person": person.pk})
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "paper")
        storage.fetch_original(person.paper, copy)
        return copy.open("rb")  # read on after the folder is gone


def sweep(grace: datetime.timedelta = GRACE) -> int:
    """Upkeep: papers no row points to, after a kill or with a clip that was deleted."""
    before = timezone.now() - grace
    known = set(PersonSeen.objects.exclude(paper="").values_list("paper", flat=True))
    nobodys = [
        stored.key
        for stored in storage.stored_originals(storage.PAPERS)
        if stored.key not in known and stored.written_at < before
    ]
    for key in nobodys:
        storage.delete_original(key)
    return len(nobodys)


def _delete_after_commit(key: str) -> None:
    if key:  # one that cannot be removed now is left to the sweep
        transaction.on_commit(lambda: storage.delete_original(key), robust=True)


def _is_pdf(file: UploadedFile[Any]) -> bool:
    head = file.read(5)
    file.seek(max(0, (file.size or 0) - 2048))
    return head == b"%PDF-" and b"%%EOF" in file.read()


def _kind_of_picture(file: UploadedFile[Any]) -> str:
    """Opened as a picture would be, but never drawn."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as picture:
                kind = {"JPEG": "jpg", "PNG": "png"}.get(picture.format or "", "")
                picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombWarning):
        return ""
    except Image.DecompressionBombError:
        return ""
    return kind
