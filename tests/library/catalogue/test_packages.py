from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

DATA = bytes(range(256)) * 2048  # more than one block
KEY = "some-asset/some-version/download.mp4"
URL = f"/packages/{KEY}"


@pytest.fixture(autouse=True)
def package(local_storages: Path) -> None:
    storage = storages["packages"]
    storage.save(KEY, ContentFile(DATA))
    storage.save("some-asset/some-version/master.m3u8", ContentFile(b"#EXTM3U\n"))


def body(response: Any) -> bytes:
    sent: bytes = response.getvalue()
    return sent


def test_without_a_range_the_whole_file_comes(client: Client) -> None:
    response = client.get(URL)
    assert response.status_code == 200
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(len(DATA))
    assert response["Accept-Ranges"] == "bytes"
    assert "immutable" in response["Cache-Control"]
    assert body(response) == DATA


@pytest.mark.parametrize(
    ("asked", "said", "sent"),
    [
        ("bytes=10-19", f"bytes 10-19/{len(DATA)}", DATA[10:20]),
        ("bytes=-7", f"bytes {len(DATA) - 7}-{len(DATA) - 1}/{len(DATA)}", DATA[-7:]),
        ("bytes=300000-", f"bytes 300000-{len(DATA) - 1}/{len(DATA)}", DATA[300000:]),
    ],
)
def test_a_range_comes_as_206(
    client: Client, asked: str, said: str, sent: bytes
) -> None:
    response = client.get(URL, headers={"Range": asked})
    assert response.status_code == 206
    assert response["Content-Range"] == said
    assert response["Content-Length"] == str(len(sent))
    assert body(response) == sent


def test_a_range_behind_the_end_is_416_and_says_the_size(client: Client) -> None:
    response = client.get(URL, headers={"Range": f"bytes={len(DATA)}-"})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(DATA)}"


def test_if_range_with_another_version_sends_the_whole_file(client: Client) -> None:
    tag = client.get(URL)["ETag"]
    asked = {"Range": "bytes=0-9"}
    same = client.get(URL, headers={**asked, "If-Range": tag})
    other = client.get(URL, headers={**asked, "If-Range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_a_known_version_is_not_sent_again(client: Client) -> None:
    tag = client.get(URL)["ETag"]
    response = client.get(URL, headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert body(response) == b""


def test_head_tells_the_size_and_sends_nothing(client: Client) -> None:
    response = client.head(URL)
    assert response["Content-Length"] == str(len(DATA))
    assert body(response) == b""


def test_a_playlist_is_asked_for_again_after_a_minute(client: Client) -> None:
    response = client.get("/packages/some-asset/some-version/master.m3u8")
    assert response["Content-Type"] == "application/vnd.apple.mpegurl"
    assert response["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "key",
    [
        "some-asset/none.mp4",
        "some-asset/some-version",
        "some-asset/",
        "../secret_key",
        "some-asset/../../secret_key",
        "%2e%2e/secret_key",
        "/etc/passwd",
        "some-asset/.hidden",
        "nul%00.mp4",
    ],
)
def test_nothing_but_files_of_packages_can_be_had(client: Client, key: str) -> None:
    assert client.get(f"/packages/{key}").status_code == 404


def test_originals_cannot_be_had(client: Client) -> None:
    storages["originals"].save("some-original", ContentFile(b"private"))
    assert storages["originals"].exists("some-original")
    assert client.get("/packages/../originals/some-original").status_code == 404
    assert client.get("/packages/some-original").status_code == 404
    storages["originals"].delete("some-original")


def test_nobody_can_write(client: Client) -> None:
    assert client.put(URL, b"x").status_code == 405
