"""A real tus conversation: raw HTTP on a socket, through Django's own server."""

from __future__ import annotations

import base64
import hashlib
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from library.clips.models import ClipPage
from library.uploads import sessions, tus
from library.uploads.models import UploadSession
from media_pipeline.models import Asset
from tests.cast import Cast
from tests.library.uploads.conversation import BODY, Browser, half_sent, signed_in

pytestmark = pytest.mark.usefixtures("staging")


def test_a_file_arrives_in_pieces_and_the_engine_gets_it(
    lan: Browser, staging: Path
) -> None:
    data = os.urandom(300_000)
    path = lan.started(len(data))
    assert lan.offset(path) == 0
    answer = lan.patch(path, 0, data[:100_000])
    assert (answer.status, answer.headers["upload-offset"]) == (204, "100000")
    assert lan.offset(path) == 100_000
    assert lan.patch(path, 100_000, data[100_000:]).status == 204
    asset = Asset.objects.get()
    assert (asset.size, asset.file_name) == (300_000, "Bài 1.mp4")
    assert (staging / asset.staged_as).read_bytes() == data
    assert ClipPage.objects.get().asset == asset
    assert lan.offset(path) == 300_000


def test_the_server_says_what_it_can(lan: Browser) -> None:
    answer = lan.send("OPTIONS", "/dong-gop/tus/")
    assert answer.status == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert set(answer.headers["tus-extension"].split(",")) == {
        "creation",
        "checksum",
        "termination",
        "expiration",
    }
    assert answer.headers["tus-checksum-algorithm"] == "sha1"


def test_another_version_of_the_protocol_is_not_spoken(lan: Browser) -> None:
    path = lan.started(10)
    lan.more = {"Tus-Resumable": "0.2.2"}
    answer = lan.send("HEAD", path)
    assert (answer.status, answer.headers["tus-version"]) == (412, "1.0.0")


def test_the_answer_to_a_creation_names_the_clip_and_its_page(lan: Browser) -> None:
    answer = lan.create(10, "thpt-dong-xoai")
    clip = ClipPage.objects.get()
    assert answer.body.decode() == (
        f'{{"clip": {clip.pk}, "details": "/dong-gop/clip/{clip.pk}/"}}'
    )
    assert "upload-expires" in answer.headers


def test_a_connection_that_breaks_keeps_what_came(
    lan: Browser, live_server: LiveServer
) -> None:
    data = os.urandom(200_000)
    path = lan.started(len(data))
    raw = half_sent(lan, path, data[:70_000], promised=len(data))
    raw.close()
    _until(lambda: lan.offset(path) == 70_000)
    _until(lambda: lan.patch(path, 70_000, data[70_000:]).status == 204)
    assert UploadSession.objects.get().staging_path.read_bytes() == data


def test_a_wrong_offset_is_refused_and_nothing_is_written(lan: Browser) -> None:
    path = lan.started(10)
    assert lan.patch(path, 0, b"12345").status == 204
    assert lan.patch(path, 3, b"45").status == 409
    assert lan.patch(path, 7, b"890").status == 409
    assert lan.offset(path) == 5


def test_more_than_was_announced_is_refused(lan: Browser) -> None:
    path = lan.started(10)
    assert lan.patch(path, 0, b"x" * 11).status == 413
    assert lan.offset(path) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Upload_Offset": "-1"},
        {"Upload_Offset": "a"},
        {"Upload_Offset": "9" * 30},
        {"Upload_Offset": "0", "Upload_Checksum": "md5 eA=="},
        {"Upload_Offset": "0", "Upload_Checksum": "sha1 !"},
    ],
)
def test_headers_that_make_no_sense_are_refused(
    lan: Browser, headers: dict[str, str]
) -> None:
    path = lan.started(10)
    assert lan.send("PATCH", path, b"1", **BODY, **headers).status == 400
    assert lan.offset(path) == 0


def test_another_kind_of_body_is_refused(lan: Browser) -> None:
    path = lan.started(10)
    answer = lan.send("PATCH", path, b"1", Upload_Offset="0", Content_Type="text/plain")
    assert answer.status == 415


def test_a_right_checksum_is_taken(lan: Browser) -> None:
    path = lan.started(10)
    digest = base64.b64encode(hashlib.sha1(b"12345").digest()).decode()
    answer = lan.patch(path, 0, b"12345", Upload_Checksum=f"sha1 {digest}")
    assert answer.status == 204


def test_a_wrong_checksum_cuts_the_file_back(lan: Browser) -> None:
    path = lan.started(10)
    lan.patch(path, 0, b"123")
    digest = base64.b64encode(hashlib.sha1(b"other").digest()).decode()
    answer = lan.patch(path, 3, b"45678", Upload_Checksum=f"sha1 {digest}")
    assert answer.status == 460
    assert lan.offset(path) == 3


def test_of_two_writers_one_waits(lan: Browser, live_server: LiveServer) -> None:
    size = 2 * tus.BLOCK
    path = lan.started(size)
    first = half_sent(lan, path, b"x" * (size - 1), promised=size)
    _until(lambda: lan.offset(path) == tus.BLOCK)
    assert lan.patch(path, tus.BLOCK, b"y" * tus.BLOCK).status == 423
    first.sendall(b"x")
    assert b" 204 " in first.recv(200)
    first.close()
    assert UploadSession.objects.get().staging_path.read_bytes() == b"x" * size


def test_what_is_given_up_while_it_is_sent_is_not_called_received(
    lan: Browser, staging: Path
) -> None:
    size = 2 * tus.BLOCK
    path = lan.started(size)
    piece = half_sent(lan, path, b"x" * (size - 1), promised=size)
    _until(lambda: lan.offset(path) == tus.BLOCK)
    sessions.give_up(UploadSession.objects.get())
    piece.sendall(b"x")
    assert b" 410 " in piece.recv(200)
    piece.close()
    assert not Asset.objects.exists()
    assert list(staging.iterdir()) == []


def test_another_person_finds_no_such_upload(
    lan: Browser, live_server: LiveServer, people: Cast
) -> None:
    path = lan.started(10)
    for other in (people.hoa, people.minh, people.an):
        stranger = signed_in(live_server, other)
        assert stranger.send("HEAD", path).status == 404
        assert stranger.patch(path, 0, b"12345").status == 404
        assert stranger.send("DELETE", path).status == 404
    assert lan.offset(path) == 0


def test_a_guest_is_told_to_sign_in(lan: Browser) -> None:
    path = lan.started(10)
    guest = Browser(lan.host, "nobody")
    assert guest.send("HEAD", path).status == 401
    assert guest.patch(path, 0, b"1").status == 401
    assert guest.create(10, "thpt-dong-xoai").status == 401


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_request_from_another_site_is_refused(lan: Browser, method: str) -> None:
    path = "/dong-gop/tus/" if method == "POST" else lan.started(10)
    lan.more = {"X-CSRFToken": ""}
    answer = lan.send(method, path, b"1", Upload_Offset="0", Upload_Length="1", **BODY)
    assert answer.status == 403
    assert UploadSession.objects.count() == (0 if method == "POST" else 1)


def test_nobody_uploads_for_a_unit_that_is_not_theirs(lan: Browser) -> None:
    for unit in ("thpt-hung-vuong", "dong-xoai", "khong-co", ""):
        assert lan.create(10, unit).status == 404
    assert not ClipPage.objects.exists()


def test_a_file_above_the_limit_is_refused_before_a_byte_is_sent(
    lan: Browser, settings: Any
) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    answer = lan.create(1001, "thpt-dong-xoai")
    assert answer.status == 413
    assert "1000" in answer.body.decode()
    assert not ClipPage.objects.exists()


def test_unfinished_uploads_have_a_quota(lan: Browser, settings: Any) -> None:
    settings.UPLOADS_OPEN_PER_PERSON = 2
    path = lan.started(10)
    lan.started(10)
    assert lan.create(10, "thpt-dong-xoai").status == 429
    assert ClipPage.objects.count() == 2
    assert lan.patch(path, 0, b"x" * 10).status == 204
    assert lan.create(10, "thpt-dong-xoai").status == 201


def test_an_expired_upload_is_over(lan: Browser) -> None:
    path = lan.started(10)
    UploadSession.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert lan.send("HEAD", path).status == 410
    assert lan.patch(path, 0, b"1").status == 410


def test_each_piece_gives_the_upload_its_full_time_again(lan: Browser) -> None:
    path = lan.started(10)
    soon = timezone.now() + timedelta(hours=1)
    UploadSession.objects.update(expires_at=soon)
    lan.patch(path, 0, b"1")
    assert UploadSession.objects.get().expires_at > soon + timedelta(days=1)


def test_a_cancelled_upload_leaves_nothing(lan: Browser, staging: Path) -> None:
    path = lan.started(10)
    lan.patch(path, 0, b"12345")
    assert lan.send("DELETE", path).status == 204
    assert lan.send("HEAD", path).status == 404
    assert list(staging.iterdir()) == []
    assert not ClipPage.objects.exists()


def test_a_finished_upload_takes_and_loses_nothing_more(lan: Browser) -> None:
    path = lan.started(3)
    lan.patch(path, 0, b"123")
    assert lan.patch(path, 3, b"4").status == 410
    assert lan.send("DELETE", path).status == 410
    assert lan.offset(path) == 3
    assert Asset.objects.count() == 1


def test_the_last_byte_before_a_crash_is_not_forgotten(lan: Browser) -> None:
    """The server died after writing it and before telling the engine."""
    path = lan.started(5)
    UploadSession.objects.get().staging_path.write_bytes(b"12345")
    assert not Asset.objects.exists()
    assert lan.offset(path) == 5
    assert lan.offset(path) == 5
    assert Asset.objects.count() == 1


def test_an_empty_file_is_refused_by_the_engine(lan: Browser) -> None:
    assert lan.create(0, "thpt-dong-xoai").status == 201
    asset = Asset.objects.get()
    assert (asset.is_refused, asset.reason) == (True, "empty")


def test_a_hostile_name_is_only_text(lan: Browser, staging: Path) -> None:
    name = "../../x/<img src=x>%00.mp4"
    assert lan.create(10, "thpt-dong-xoai", name).status == 201
    session = UploadSession.objects.get()
    assert session.file_name == name
    assert session.staging_path.parent == staging
    assert [path.name for path in staging.iterdir()] == [session.uuid.hex]


def test_a_session_knows_who_got_the_file(lan: Browser) -> None:
    path = lan.started(3)
    lan.patch(path, 0, b"123")
    with pytest.raises(sessions.AlreadyFinishedError):
        sessions.finish(UploadSession.objects.get())


def _until(is_so: Any, tries: int = 100) -> None:
    for _ in range(tries):
        if is_so():
            return

        time.sleep(0.05)
    raise AssertionError("it did not come about")
