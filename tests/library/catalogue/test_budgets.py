"""What a page costs on a phone, compressed: its words, styles and scripts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from library.catalogue import facets
from library.clips import records
from library.clips.models import ClipPage
from search import index
from search.results import FacetCount, Hits
from tests.cast import Cast
from tests.library.clips import factories

KB = 1000
IMPORTS = re.compile(r'^import .* from "\./([\w-]+\.js)";$', re.MULTILINE)


def packed(data: bytes) -> int:
    return len(gzip.compress(data))


def static(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str), name
    return Path(path).read_bytes()


def scripts_of(page: str) -> set[str]:
    """The modules of a page with those that they import."""
    waiting = re.findall(r'<script[^>]* src="/static/([^"]+)"', page)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [f"js/{each}" for each in IMPORTS.findall(static(name).decode())]
    return found


def cost(page: str) -> tuple[int, int]:
    """(all, script alone) in bytes; fonts come later and are left out on data saver."""
    styles = set(re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page))
    script = sum(packed(static(name)) for name in scripts_of(page))
    other = sum(packed(static(name)) for name in styles | {"img/icons.svg"})
    return packed(page.encode()) + script + other, script


@pytest.fixture
def clip(cast: Cast) -> ClipPage:
    for number in range(30):
        clip = factories.live(
            cast.school_a, cast.lan, title=f"Bài {number}: phương trình và hàm số"
        )
        index.put(records.record_of(clip))
    return clip


def test_a_browse_page_costs_at_most_60_kb_and_a_watch_page_100(
    client: Client, clip: ClipPage
) -> None:
    """Before play, and 20 of it script."""
    watch_page = f"/clip/{clip.slug}-{clip.pk}/"
    most = dict.fromkeys(("/", "/mon-hoc/toan/", "/tim-kiem/?q=phuong+trinh"), 60 * KB)
    for path, kilobytes in (most | {watch_page: 100 * KB}).items():
        page = client.get(path).content.decode()
        everything, script = cost(page)
        assert 5 * KB < everything <= kilobytes, path
        assert script <= 20 * KB, path
        assert "vendor/hls" not in " ".join(scripts_of(page))


def test_the_fonts_of_a_page_are_two_weights_of_two_alphabets() -> None:
    names = re.findall(r"vendor/font/([\w.-]+)", static("css/fonts.css").decode())
    assert len(names) == 4
    assert sum(len(static(f"vendor/font/{name}")) for name in names) <= 70 * KB


def test_a_search_asks_the_database_so_often_at_most_however_much_is_found(
    client: Client, clip: ClipPage
) -> None:
    budgets = {
        "/tim-kiem/?q=phuong+trinh": 20,
        "/tim-kiem/?q=phuong+trinh&don-vi=dong-xoai&mon=toan": 27,
        "/tim-kiem/?q=khongcogi": 40,
        "/tim-kiem/": 17,
        "/api/v1/search?q=phuong+trinh": 18,
        "/api/v1/suggest?q=ph": 7,
    }
    taken = {}
    for path in budgets:
        client.get(path)  # what is read once a process is read
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        taken[path] = len(queries)
    assert {path: n for path, n in taken.items() if n > budgets[path]} == {}


def test_filters_with_two_hundred_units_cost_at_most_8_kb() -> None:
    province = FacetCount("tinh", "Tỉnh đoàn", 999)
    districts = [
        FacetCount(f"huyen-{n}", f"Huyện đoàn số {n}", 40, "tinh") for n in range(10)
    ]
    schools = [
        FacetCount(f"thpt-{n}", f"Đoàn trường THPT số {n}", 4, f"huyen-{n % 10}")
        for n in range(190)
    ]
    hits = Hits(total=999, facets={"unit": (province, *districts, *schools)})
    context = {"groups": facets.groups(hits, QueryDict("q=x")), "total": 999}
    page = render_to_string("catalogue/filters.html", context)
    assert page.count("<li") == 200
    assert packed(page.encode()) < 8 * KB
