"""A running library (`manage.py up` on a scratch folder) and people with browsers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.machine import ROOT, Machine, free_port, machine

STRUCTURE = """
from library.demo import load
load.structure()
list(load._plans(0))
"""


class Library:
    """The address of a running library, and what its commands say."""

    def __init__(self, box: Machine, port: str) -> None:
        self.box = box
        self.url = f"http://127.0.0.1:{port}"

    def counted(self, unit: str) -> int:
        told = json.loads(self.box.manage("contributions", "--json"))
        totals = {row["code"]: row["total"] for row in told["units"]}
        return int(totals[unit])


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("library")
    with machine(folder, DJANGO_SETTINGS_MODULE="library.settings", DEMO="true") as box:
        assert (ROOT / "manage.py").exists()
        box.shell(STRUCTURE)
        port = free_port()
        box.start("up", "--port", port, "--transcoders", "1")
        box.wait_for(lambda: "The library is at" in box.log())
        yield Library(box, port)


SignIn = Callable[..., Page]


@pytest.fixture
def visit(library: Library, browser: Browser) -> Iterator[SignIn]:
    """A page of somebody's own browser: signed in by user name, or a guest's."""
    contexts: list[BrowserContext] = []

    def open_page(username: str = "", width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=library.url,
            locale="vi-VN",
            viewport={"width": width, "height": 800},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        if username:
            page.goto("/dang-nhap/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", "thuvienmo")
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "dang-nhap" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
