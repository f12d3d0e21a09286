"""One side of a tus conversation: raw HTTP on a socket, as a browser would speak it."""

from __future__ import annotations

import base64
import http.client
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.test import Client
from pytest_django.live_server_helper import LiveServer

BODY = {"Content-Type": "application/offset+octet-stream"}


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Browser:
    """Somebody signed in, with the cookies and the token that a page would have."""

    host: str
    session: str
    token: str = "t" * 32
    more: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request(method, path, body or None, {**self.headers(), **named})
        answer = connection.getresponse()
        told = {key.lower(): value for key, value in answer.getheaders()}
        heard = Answer(answer.status, told, answer.read())
        connection.close()
        return heard

    def headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}; csrftoken={self.token}"
        return {
            "Tus-Resumable": "1.0.0",
            "Cookie": cookies,
            "X-CSRFToken": self.token,
            **self.more,
        }

    def create(
        self, size: int, unit: str, name: str = "Bài 1.mp4", clip: object = None
    ) -> Answer:
        metadata = f"filename {_b64(name)},unit {_b64(unit)}"
        if clip is not None:
            metadata += f",clip {_b64(str(clip))}"
        return self.send(
            "POST",
            "/dong-gop/tus/",
            Upload_Length=str(size),
            Upload_Metadata=metadata,
            Content_Length="0",
        )

    def started(self, size: int, unit: str = "thpt-dong-xoai") -> str:
        answer = self.create(size, unit)
        assert answer.status == 201, answer.body
        return urlsplit(answer.headers["location"]).path

    def patch(self, path: str, offset: int, body: bytes, **headers: str) -> Answer:
        return self.send(
            "PATCH", path, body, Upload_Offset=str(offset), **BODY, **headers
        )

    def offset(self, path: str) -> int:
        answer = self.send("HEAD", path)
        assert answer.status == 200
        return int(answer.headers["upload-offset"])


def signed_in(live_server: LiveServer, user: User) -> Browser:
    client = Client()
    client.force_login(user)
    host = urlsplit(live_server.url).netloc
    return Browser(host, client.cookies["sessionid"].value)


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def half_sent(
    browser: Browser,
    path: str,
    data: bytes,
    *,
    promised: int,
) -> socket.socket:
    """A request whose body is still on its way."""
    at = urlsplit(f"http://{browser.host}")
    raw = socket.create_connection((at.hostname or "", at.port or 0), timeout=20)
    headers = {
        "Host": at.netloc,
        **browser.headers(),
        **BODY,
        "Upload-Offset": "0",
        "Content-Length": str(promised),
        "Connection": "close",
    }
    head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    raw.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + data)
    return raw
