"""The web as `up` starts it, asked for what no test client can ask for."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.machine import machine

pytestmark = [pytest.mark.process, pytest.mark.thorough]


def answer(port: str, request: bytes) -> str:
    with socket.create_connection(("127.0.0.1", int(port)), timeout=60) as asking:
        asking.sendall(request)
        read = b""
        while piece := asking.recv(65536):
            read += piece
    return read.decode()


def request(query: str) -> bytes:
    return f"GET /tim-kiem/?q={query} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()


def test_a_search_for_ten_thousand_letters_is_answered_by_a_page(
    tmp_path: Path,
) -> None:
    with machine(tmp_path, DJANGO_SETTINGS_MODULE="library.settings") as one:
        one.up()
        said = answer(one.port, request("%E1%BA%BF" * 10_000))
        assert said.startswith("HTTP/1.1 414 ")
        assert "Địa chỉ này quá dài" in said
        assert "/tim-kiem/" in said
        assert answer(one.port, request("to%C3%A1n")).startswith("HTTP/1.1 200 ")
        assert answer(one.port, b"GET\r\n\r\n").startswith("HTTP/1.1 400 ")
