"""gunicorn's threaded worker, which answers an address that is too long with a page of ours.

The text in a search box is limited; an address made by hand, or a link with a whole
essay in it, is not.
"""

from __future__ import annotations

import socket
from typing import Any

from django.template.loader import render_to_string
from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

READ_AT_MOST = 2**20
PATIENCE_S = 2.0


class Worker(ThreadWorker):
    def handle_error(
        self, req: Any, client: socket.socket, addr: Any, exc: Exception
    ) -> None:
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        self.log.info("An address of more than %s bytes", self.cfg.limit_request_line)
        try:
            _drain(client)
            client.sendall(_answer())
        except OSError:
            self.log.debug("Whoever sent it did not wait for the answer.")


def _drain(client: socket.socket) -> None:
    """A browser that is cut off while it still sends never shows an answer."""
    client.settimeout(PATIENCE_S)
    tail, left = b"", READ_AT_MOST
    while left > 0 and b"\r\n\r\n" not in tail:
        piece = client.recv(65536)
        if not piece:
            return
        left -= len(piece)
        tail = (tail + piece)[-65540:]


def _answer() -> bytes:
    page = render_to_string("414.html").encode()
    head = (
        "HTTP/1.1 414 URI Too Long\r\nConnection: close\r\n"
        f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    return head.encode() + page
