"""Where files lie for good: private originals, public packages; local folders or S3.

Keys are made here and nowhere else, from ids and random tokens, never from the name a
person gave a file. Whole objects never pass through memory: files go to and from disk.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
import re
import secrets
import shutil
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, storages
from storages.backends.s3 import S3Storage

from media_pipeline.errors import StorageError

ORIGINALS = "originals"  # aliases of settings.STORAGES; private
PACKAGES = "packages"
PAPERS = "papers"  # a folder beside the originals, for what people signed
MASTER = "master.m3u8"

_WORK = "work"  # a folder beside the originals, for parts of what is not yet a package
_FOR_EVER = "public, max-age=31536000, immutable"  # a version's files never change
# The playlists of a version never change either, but its address is all that guards a clip
# taken down: it works until the files are deleted, and for this long in caches.
_FOR_A_MINUTE = "public, max-age=60"
_PRIVATE = "private, no-store"
_AT_ONCE = 8  # files sent to S3 together: segments are many and small
_CONTENT_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".jpg": "image/jpeg",
}


# --- keys -------------------------------------------------------------------------


def original_key(asset: uuid.UUID) -> str:
    return str(asset)


def fresh_prefix(asset: uuid.UUID) -> str:
    """For one version of a package; nobody can guess it from another version's."""
    return f"{asset}/{secrets.token_hex(16)}"


def fresh_work(asset: uuid.UUID) -> str:
    """For all the parts of one making of a package, and for those of no other."""
    return f"{_WORK}/{asset}/{secrets.token_hex(16)}"


def fresh_paper() -> str:
    """For a paper somebody signed; it lies with the originals, private as they are."""
    return f"{PAPERS}/{secrets.token_hex(16)}"


def package_url(prefix: str, name: str) -> str:
    return storages[PACKAGES].url(f"{prefix}/{name}")


def content_type(name: str) -> str:
    """Said by us: the tables that machines guess types from differ."""
    return _CONTENT_TYPES.get(Path(name).suffix, "application/octet-stream")


def cache_control(name: str) -> str:
    """Of a package's file."""
    return _FOR_A_MINUTE if name.endswith(".m3u8") else _FOR_EVER


# --- originals --------------------------------------------------------------------


def put_original(source: Path, key: str) -> None:
    _files(ORIGINALS).put(source, key, _PRIVATE)


def fetch_original(key: str, to: Path) -> None:
    """To be read only: on one disk it may be the stored file itself."""
    _files(ORIGINALS).fetch(key, to, may_share=True)


def delete_original(key: str) -> None:
    _files(ORIGINALS).delete(key)


# --- packages ---------------------------------------------------------------------


def put_tree(folder: Path, prefix: str) -> int:
    """All of `folder` below `prefix/`; the number of bytes.

    The master playlist goes last: until then nothing there plays.
    """
    paths = [path for path in folder.rglob("*") if path.is_file()]
    paths.sort(key=lambda path: path.relative_to(folder) == Path(MASTER))
    *others, master = paths
    files = _files(PACKAGES)

    def put(path: Path) -> None:
        name = path.relative_to(folder).as_posix()
        files.put(path, f"{prefix}/{name}", cache_control(name))

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(put, others))
    put(master)
    return sum(path.stat().st_size for path in paths)


def fetch_tree(prefix: str, folder: Path) -> None:
    """All of a package into `folder`, to be changed there at will."""
    _fetch(PACKAGES, prefix, _names(PACKAGES, prefix), folder)


def fetch_file(prefix: str, name: str, folder: Path) -> None:
    _fetch(PACKAGES, prefix, [name], folder)


def delete_prefix(prefix: str) -> None:
    """All files of one package; nothing happens when they are gone already."""
    if not re.fullmatch(r"[0-9a-f-]{36}/[0-9a-f]{32}", prefix):
        raise ValueError(f"{prefix!r} is not the prefix of a package")
    _files(PACKAGES).delete_below(prefix)


def delete_all(asset: uuid.UUID) -> None:
    """Whatever is stored of an asset: its original, every version of its package, and
    parts of what is not yet one."""
    delete_original(original_key(asset))
    for token in _listed(ORIGINALS, f"{_WORK}/{asset}")[0]:
        delete_work(f"{_WORK}/{asset}/{token}")
    for prefix in versions_of(asset):
        delete_prefix(prefix)


def versions_of(asset: uuid.UUID) -> list[str]:
    """Prefixes of all that is stored of its packages, whether rows know of them or not."""
    return [f"{asset}/{version}" for version in _listed(PACKAGES, str(asset))[0]]


# --- work ---------------------------------------------------------------------------


def put_work(folder: Path, key: str) -> list[str]:
    """All of `folder` below `key/`, where the public cannot read it; the files' names."""
    files = _files(ORIGINALS)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [path.relative_to(folder).as_posix() for path in paths]
    for path, name in zip(paths, names, strict=True):
        files.put(path, f"{key}/{name}", _PRIVATE)
    return names


def fetch_work(key: str, names: Sequence[str], folder: Path) -> None:
    _fetch(ORIGINALS, key, names, folder)


def delete_work(prefix: str) -> None:
    """What `fresh_work` gave, or one phase of it, with everything below."""
    if not re.fullmatch(rf"{_WORK}/[0-9a-f-]{{36}}/[0-9a-f]{{32}}(/\d)?", prefix):
        raise ValueError(f"{prefix!r} is not the prefix of work")
    _files(ORIGINALS).delete_below(prefix)


# --- what lies there ----------------------------------------------------------------


@dataclass(frozen=True)
class Stored:
    key: str  # of an original; of a package or of work its prefix
    written_at: datetime  # of a package or of work: one of its files


def stored_originals(below: str = "") -> Iterator[Stored]:
    """Or what lies `below` a folder of its own beside them, such as `PAPERS`."""
    storage = storages[ORIGINALS]
    for name in _listed(ORIGINALS, below)[1]:
        key = posixpath.join(below, name)
        with contextlib.suppress(FileNotFoundError):
            yield Stored(key, storage.get_modified_time(key))


def stored_packages() -> Iterator[Stored]:
    return _stored_trees(PACKAGES, "")


def stored_work() -> Iterator[Stored]:
    return _stored_trees(ORIGINALS, f"{_WORK}/")


def _stored_trees(alias: str, root: str) -> Iterator[Stored]:
    """Of each `root` + ASSET/TOKEN that holds a file."""
    storage = storages[alias]
    for asset in _listed(alias, root.rstrip("/"))[0]:
        for token in _listed(alias, f"{root}{asset}")[0]:
            prefix = f"{root}{asset}/{token}"
            with contextlib.suppress(FileNotFoundError):
                if name := next(_names(alias, prefix), None):
                    written_at = storage.get_modified_time(f"{prefix}/{name}")
                    yield Stored(prefix, written_at)


def _names(alias: str, folder: str) -> Iterator[str]:
    """Of all files below `folder`, relative to it."""
    folders, files = _listed(alias, folder)
    yield from files
    for name in folders:
        for below in _names(alias, f"{folder}/{name}"):
            yield f"{name}/{below}"


def _fetch(alias: str, prefix: str, names: Iterable[str], folder: Path) -> None:
    files = _files(alias)

    def fetch(name: str) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        files.fetch(f"{prefix}/{name}", folder / name)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(fetch, names))


def _listed(alias: str, folder: str) -> tuple[list[str], list[str]]:
    """Names of folders and of files directly below `folder`."""
    try:
        folders, files = storages[alias].listdir(folder)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(files)


def abort_multiparts(started_before: datetime) -> int:
    """Ends large uploads to S3 whose sender died: their parts are kept, and paid for."""
    return sum(
        _files(alias).abort_multiparts(started_before)
        for alias in (ORIGINALS, PACKAGES)
    )


def check() -> dict[str, str]:
    """Write, read back and delete on both aliases: what is wrong with each, or ""."""
    return {alias: _check(alias) for alias in (ORIGINALS, PACKAGES)}


def _check(alias: str) -> str:
    key, said = f"check-{secrets.token_hex(8)}", secrets.token_bytes(1024)
    files = _files(alias)
    try:
        with tempfile.TemporaryDirectory() as folder:
            sent, back = Path(folder, "sent"), Path(folder, "back")
            sent.write_bytes(said)
            files.put(sent, key, _PRIVATE)
            files.fetch(key, back)
            files.delete(key)
            return "" if back.read_bytes() == said else "it gave back other bytes"
    except (StorageError, OSError) as error:
        return str(error)


# --- the two kinds of storage ---------------------------------------------------------


class _Files(Protocol):
    def put(self, source: Path, key: str, cache_control: str) -> None: ...
    def fetch(self, key: str, to: Path, *, may_share: bool = False) -> None: ...
    def delete(self, key: str) -> None: ...
    def delete_below(self, prefix: str) -> None: ...
    def abort_multiparts(self, started_before: datetime) -> int: ...


def _files(alias: str) -> _Files:
    storage = storages[alias]
    if isinstance(storage, S3Storage):
        return _S3(storage, storage.connection.meta.client)
    if isinstance(storage, FileSystemStorage):
        return _Local(storage)
    raise ImproperlyConfigured(f"STORAGES[{alias!r}]: neither local files nor S3")


@dataclass(frozen=True)
class _Local:
    """Local folders: the only place where a stored file has a path."""

    storage: FileSystemStorage

    def _path(self, key: str) -> Path:
        return Path(self.storage.path(key))

    def put(self, source: Path, key: str, cache_control: str) -> None:
        del cache_control  # the web server's business
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all; the name says that it is nobody's yet.
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
        try:
            shutil.copyfile(source, fresh)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)

    def fetch(self, key: str, to: Path, *, may_share: bool = False) -> None:
        try:
            self._link(key, to) if may_share else self._copy(key, to)
        except FileNotFoundError as error:
            raise StorageError(f"{key} is not there") from error

    def _link(self, key: str, to: Path) -> None:
        try:
            os.link(self._path(key), to)
        except FileNotFoundError:
            raise
        except OSError:  # another disk, or one without links
            self._copy(key, to)

    def _copy(self, key: str, to: Path) -> None:
        shutil.copyfile(self._path(key), to)

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def delete_below(self, prefix: str) -> None:
        folder = self._path(prefix)
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # others are beside it
            folder.parent.rmdir()

    def abort_multiparts(self, started_before: datetime) -> int:
        del started_before  # there are none
        return 0


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """boto3's errors end here."""
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise StorageError(str(error)) from error


@dataclass(frozen=True)
class _S3:
    storage: S3Storage
    # Made once and shared: a client serves many threads, while the storage would make
    # a new one for each thread that asks.
    client: Any

    def _at(self, key: str) -> dict[str, str]:
        place = posixpath.join(self.storage.location, key)
        return {"Bucket": self.storage.bucket_name, "Key": place}

    def put(self, source: Path, key: str, cache_control: str) -> None:
        extra = {"ContentType": content_type(key), "CacheControl": cache_control}
        with _translated():
            self.client.upload_file(str(source), **self._at(key), ExtraArgs=extra)

    def fetch(self, key: str, to: Path, *, may_share: bool = False) -> None:
        del may_share  # there is nothing to share
        with _translated():
            self.client.download_file(**self._at(key), Filename=str(to))

    def delete(self, key: str) -> None:
        with _translated():
            self.client.delete_object(**self._at(key))

    def delete_below(self, prefix: str) -> None:
        bucket = self.storage.connection.Bucket(self.storage.bucket_name)
        with _translated():
            bucket.objects.filter(Prefix=self._at(f"{prefix}/")["Key"]).delete()

    def abort_multiparts(self, started_before: datetime) -> int:
        bucket = self.storage.connection.Bucket(self.storage.bucket_name)
        prefix, aborted = posixpath.join(self.storage.location, ""), 0
        with _translated():
            for upload in bucket.multipart_uploads.filter(Prefix=prefix):
                if upload.initiated < started_before:
                    upload.abort()
                    aborted += 1
        return aborted
