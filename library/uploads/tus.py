"""The tus 1.0 protocol (tus.io) for one staging file: core, creation, checksum,
termination, expiration.

The offset is the size of the file on disk, so a server killed in the middle of a piece
goes on from the last byte that it wrote. Bodies stream to the disk in blocks; no
database transaction is open meanwhile.
"""

from __future__ import annotations

import base64
import binascii
import errno
import fcntl
import functools
import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TypeAlias

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.utils.http import http_date
from django.utils.translation import gettext as _

from library.clips.titles import nfc
from library.uploads.models import UploadSession
from library.uploads.sessions import UploadRefusedError

VERSION = "1.0.0"
EXTENSIONS = "creation,checksum,termination,expiration"
BODY_TYPE = "application/offset+octet-stream"
BLOCK = 256 * 1024

logger = logging.getLogger(__name__)

View: TypeAlias = Callable[..., HttpResponse]


class TusError(UploadRefusedError):
    """An answer other than yes, with its HTTP status and a sentence."""


@dataclass(frozen=True)
class Creation:
    size: int
    file_name: str
    unit_code: str
    clip_id: int | None  # of a draft whose video did not do; else a new one is made


def protocol(view: View) -> View:
    """What every answer has in common; requests in another version are not looked at."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = _spoken(view, request, *args, **kwargs)
        except UploadRefusedError as error:
            response = HttpResponse(
                str(error),
                status=error.status,
                content_type="text/plain; charset=utf-8",
            )
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return answer


def _spoken(
    view: View, request: HttpRequest, *args: object, **kwargs: object
) -> HttpResponse:
    if request.method == "OPTIONS":
        return _capabilities()
    if request.headers.get("Tus-Resumable") != VERSION:
        response = HttpResponse(status=412)
        response["Tus-Version"] = VERSION
        return response
    if not request.user.is_authenticated:
        raise TusError(_("Please sign in again, then go on with the upload."), 401)
    return view(request, *args, **kwargs)


def _capabilities() -> HttpResponse:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(settings.MAX_UPLOAD_BYTES),
        "Tus-Checksum-Algorithm": "sha1",
    }
    return HttpResponse(status=204, headers=headers)


def read_creation(request: HttpRequest) -> Creation:
    metadata = _metadata(request.headers.get("Upload-Metadata", ""))
    name = nfc(metadata.get("filename", ""))
    if not name:
        raise TusError(_("The file has no name."), 400)
    return Creation(
        size=_whole_number(request, "Upload-Length"),
        file_name=name,
        unit_code=metadata.get("unit", ""),
        clip_id=_row_id(metadata["clip"]) if "clip" in metadata else None,
    )


def created(session: UploadSession, at: str, details_at: str) -> HttpResponse:
    """201; the body tells our own page where the clip's details are written."""
    headers = {"Location": at, "Upload-Expires": http_date(_expiry(session))}
    body = {"clip": session.clip_id, "details": details_at}
    return JsonResponse(body, status=201, headers=headers)


def told(session: UploadSession) -> HttpResponse:
    """How far the upload is: the answer to HEAD."""
    name = base64.b64encode(session.file_name.encode()).decode()
    headers = {
        "Upload-Offset": str(session.offset),
        "Upload-Length": str(session.size),
        "Upload-Metadata": f"filename {name}",
        "Upload-Expires": http_date(_expiry(session)),
    }
    return HttpResponse(status=200, headers=headers)


def appended(session: UploadSession, offset: int) -> HttpResponse:
    headers = {
        "Upload-Offset": str(offset),
        "Upload-Expires": http_date(_expiry(session)),
    }
    return HttpResponse(status=204, headers=headers)


def refuse_when_over(session: UploadSession, request: HttpRequest) -> None:
    """An expired upload is gone; a finished one may still be asked how far it is."""
    if session.finished_at is not None and request.method == "HEAD":
        return
    if not session.is_open:
        raise over()


def over() -> TusError:
    return TusError(_("This upload is over. Please start again."), 410)


def append(session: UploadSession, request: HttpRequest) -> int:
    """Writes the piece behind what is there; the new offset."""
    if request.content_type != BODY_TYPE:
        raise TusError(f"Content-Type: {BODY_TYPE}", 415)
    offset = _whole_number(request, "Upload-Offset")
    length = _whole_number(request, "Content-Length")
    checksum = _checksum(request.headers.get("Upload-Checksum", ""))
    with _locked(session) as file:
        start = file.seek(0, os.SEEK_END)
        if start != offset:
            raise TusError(f"Upload-Offset: {start}", 409)
        if start + length > session.size:
            raise TusError(_("The piece is longer than the rest of the file."), 413)
        return start + _write(file, start, request, length, checksum)


def _write(
    file: IO[bytes], start: int, request: HttpRequest, length: int, checksum: bytes
) -> int:
    """How much came. A piece that does not match its checksum is cut off again."""
    digest = hashlib.sha1(usedforsecurity=False)
    try:
        written = _copy(file, request, length, digest)
    finally:
        if is_damaged := bool(checksum) and digest.digest() != checksum:
            file.truncate(start)
        os.fsync(file.fileno())
    if is_damaged:
        raise TusError(_("The piece was damaged on its way."), 460)
    return written


def _copy(
    file: IO[bytes], request: HttpRequest, length: int, digest: hashlib._Hash
) -> int:
    """A connection that breaks is no error: what came is kept, the client goes on."""
    written = 0
    try:
        while written < length and (
            block := request.read(min(BLOCK, length - written))
        ):
            rest = memoryview(block)
            while rest:
                rest = rest[file.write(rest) :]
            digest.update(block)
            written += len(block)
    except UnreadablePostError:
        logger.info("the connection broke after %s of %s bytes", written, length)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise TusError(_("The library's disk is full at the moment."), 507) from error
    return written


@contextmanager
def _locked(session: UploadSession) -> Iterator[IO[bytes]]:
    """One writer a file, across processes; the system frees the lock of a killed one."""
    try:
        file = session.staging_path.open("r+b", buffering=0)
    except FileNotFoundError as error:
        raise over() from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TusError(
                _("The file is being uploaded from another window."), 423
            ) from error
        yield file


def _whole_number(request: HttpRequest, header: str) -> int:
    value = request.headers.get(header, "")
    if not _is_whole_number(value):
        raise TusError(header, 411 if header == "Content-Length" else 400)
    return int(value)


def _row_id(value: str) -> int:
    """0, which no row has, for anything but a number."""
    return int(value) if _is_whole_number(value) else 0


def _is_whole_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < 19


def _metadata(header: str) -> dict[str, str]:
    """`key base64,key base64`; a key may stand without a value."""
    pairs = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _sep, value = pair.partition(" ")
        try:
            pairs[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise TusError("Upload-Metadata", 400) from error
    return pairs


def _checksum(header: str) -> bytes:
    if not header:
        return b""
    algorithm, _sep, value = header.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise TusError("Upload-Checksum", 400) from error
    if algorithm != "sha1" or len(digest) != hashlib.sha1().digest_size:  # noqa: S324
        raise TusError("Upload-Checksum: sha1", 400)
    return digest


def _expiry(session: UploadSession) -> float:
    return session.expires_at.timestamp()
