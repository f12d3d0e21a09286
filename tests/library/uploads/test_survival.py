"""kill -9 of the web server in the midst of a piece: the upload goes on, byte for byte."""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from library.uploads.tus import BLOCK
from tests.library.uploads.conversation import Browser, half_sent
from tests.machine import Machine, free_port, machine

pytestmark = pytest.mark.process

PEOPLE = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from tests.cast import assemble
lan = assemble().lan
session = SessionStore()
session[SESSION_KEY] = str(lan.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = lan.get_session_auth_hash()
session.create()
print(session.session_key)
"""


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Machine]:
    with machine(tmp_path, DJANGO_SETTINGS_MODULE="tests.settings") as found:
        yield found


def serve(box: Machine, port: str) -> None:
    box.start("runserver", f"127.0.0.1:{port}", "--noreload", "--nostatic")

    def answers() -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=5)
        try:
            connection.request("OPTIONS", "/dong-gop/tus/")
            return connection.getresponse().status == 204
        except OSError:
            return False
        finally:
            connection.close()

    box.wait_for(answers, why="the server does not start")


def test_a_killed_server_goes_on_from_the_last_byte_it_wrote(box: Machine) -> None:
    data = os.urandom(3 * BLOCK + 1000)
    lan = Browser("127.0.0.1", box.shell(PEOPLE).split()[-1])
    port = free_port()
    lan.host = f"127.0.0.1:{port}"
    serve(box, port)
    path = lan.started(len(data))
    piece = half_sent(lan, path, data[: 2 * BLOCK + 5], promised=len(data))
    (staged,) = (box.folder / "data" / "staging").iterdir()
    box.wait_for(lambda: staged.stat().st_size >= 2 * BLOCK)
    for pid in box.processes("runserver"):
        os.kill(pid, signal.SIGKILL)
    piece.close()
    box.wait_for(lambda: not box.processes("runserver"))

    serve(box, port)
    offset = lan.offset(path)
    assert 2 * BLOCK <= offset <= 2 * BLOCK + 5
    assert lan.patch(path, offset, data[offset:]).status == 204
    assert staged.read_bytes() == data
    (asset,) = box.rows("SELECT staged_as, size FROM media_pipeline_asset")
    assert (asset["staged_as"], asset["size"]) == (staged.name, len(data))
