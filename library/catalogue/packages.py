"""Serves packages from local folders, with ranges; with S3 or nginx nobody comes here."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from library.catalogue.ranges import Span, UnsatisfiableRangeError, blocks, span_of
from media_pipeline.storage import cache_control, content_type


@require_safe
def package_file(request: HttpRequest, key: str) -> HttpResponseBase:
    storage = storages["packages"]
    size = _size(storage, key)
    if size is None:
        raise Http404
    modified = storage.get_modified_time(key).timestamp()
    response = _answer(
        request, storage, key, size, f'"{size:x}-{int(modified * 1e6):x}"'
    )
    response["Content-Type"] = content_type(key)
    response["Cache-Control"] = cache_control(key)
    response["Last-Modified"] = http_date(modified)
    response["Accept-Ranges"] = "bytes"
    return response


def _size(storage: Storage, key: str) -> int | None:
    """None for anything that is not a file below the packages' own folder."""
    is_hidden = any(part.startswith(".") for part in PurePosixPath(key).parts)
    if is_hidden or not isinstance(storage, FileSystemStorage):
        return None
    try:
        with storage.open(key) as file:
            return file.size
    except (OSError, SuspiciousFileOperation, ValueError):
        return None


def _answer(
    request: HttpRequest, storage: Storage, key: str, size: int, etag: str
) -> HttpResponseBase:
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return _tagged(HttpResponseNotModified(), etag)
    try:
        span = _wanted(request, size, etag)
    except UnsatisfiableRangeError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    sent = span or Span(0, size - 1)
    body = () if request.method == "HEAD" else blocks(partial(storage.open, key), sent)
    response = StreamingHttpResponse(body, status=206 if span else 200)
    response["Content-Length"] = str(sent.length)
    if span:
        response["Content-Range"] = span.content_range(size)
    return _tagged(response, etag)


def _wanted(request: HttpRequest, size: int, etag: str) -> Span | None:
    """If-Range with another version's tag (or a date) means: then send the whole file."""
    if request.headers.get("If-Range", etag) != etag:
        return None
    return span_of(request.headers.get("Range", ""), size)


def _tagged(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    return response
