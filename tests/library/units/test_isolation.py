"""Nobody of another unit sees or changes a school's drafts, at any address.

Every named address × GET and POST × each outsider, filled in with school B's drafts:
no answer may hold their titles and no row of the database may differ afterwards.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from tests.library.units import walk
from tests.library.units.insiders import (
    CHANGED_BY_SUPERUSERS,
    SEEN_BY_SUPERUSERS,
    SEEN_BY_THE_SCHOOL,
)
from tests.library.units.walk import SECRET, Address, Scene

pytestmark = pytest.mark.django_db

OUTSIDERS = (
    "a contributor of A",
    "a curator of A",
    "an admin of A",
    "someone without a role",
    "a guest",
)
# Rows that tell who came by, not what a school has.
COMINGS_AND_GOINGS = {
    "django_session",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
    "invitations_wrongtry",
    "wagtailadmin_editingsession",
}
# Addresses at which a person changes something of their own.
OWN_BUSINESS = {
    "consent:report",  # anybody may, of what is public
    "review:choose_mail",
    "review:read_all",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
}


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield walk.build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def no_word_of_all_that_is_forbidden(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "django.request")


def questions(scene: Scene) -> Iterator[Address]:
    """All addresses, and those that name pages behind the question mark."""
    yield from walk.addresses(scene)
    draft, changed = scene.draft.pk, scene.changed.pk
    school, district = scene.cast.school_b.pk, scene.cast.district.pk
    for action in ("delete", "move", "publish", "unpublish"):
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        for query in (
            f"id={draft}&id={changed}",
            f"id=all&childOf={school}",
            f"id=all&childOf={district}",
            f"id=all&childOf={school}&q=zqxd",
            "id=all",
            "id=all&q=zqxd",
        ):
            yield Address(f"bulk {action}", f"{bulk}?{query}")
    for name, query in (
        ("wagtailadmin_choose_page_search", "q=zqxd"),
        ("wagtailadmin_choose_page_search", "q=zqxd&page_type=clips.clippage"),
        ("wagtailadmin_choose_page_chosen_multiple", f"id={draft}&id={changed}"),
        ("wagtailadmin_choose_page", "page_type=clips.clippage"),
        ("wagtailadmin_pages:search", "q=zqxd"),
        ("wagtailadmin_pages:search_results", "q=zqxd"),
        ("wagtailadmin_explore_root", "q=zqxd"),
        ("wagtailadmin_api:pages:listing", f"child_of={school}"),
        ("wagtailadmin_api:pages:listing", "search=zqxd"),
        ("wagtailadmin_api:pages:listing", f"ancestor_of={draft}"),
        ("wagtailadmin_api:pages:find", f"id={draft}"),
        ("wagtailadmin_reports:site_history", "object_type=&label=zqxd"),
        ("wagtailadmin_reports:workflow", "export=csv"),
        ("wagtailadmin_reports:workflow_tasks", "export=csv"),
        ("wagtailadmin_reports:site_history", "export=csv"),
        ("wagtailadmin_reports:aging_pages", "export=csv"),
        ("wagtailadmin_reports:page_types_usage", "export=csv"),
        ("wagtailadmin_reports:locked_pages", "export=csv"),
    ):
        yield Address(name, f"{reverse(name)}?{query}")
    every = {"reason": ""}  # all that failed, wherever the asker may
    yield Address("encoding:retry_all", reverse("encoding:retry_all"), every)


def crossings(scene: Scene) -> Iterator[Address]:
    """Attempts of A's people to put their own draft below school B, or below a draft."""
    own, school, draft = scene.own.pk, scene.cast.school_b.pk, scene.draft.pk
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    for target in (school, draft):
        to = {"new_parent_page": target, "new_title": "Bản sao", "new_slug": "ban-sao"}
        for name in ("copy", "move"):
            path = reverse(f"wagtailadmin_pages:{name}", args=[own])
            yield Address(f"cross {name}", path, to)
        path = reverse("wagtailadmin_pages:move_confirm", args=[own, target])
        yield Address("cross move", path)
        yield Address("cross move", f"{bulk}?id={own}", {"chooser": target})


def answers(scene: Scene) -> dict[str, Any]:
    """One body that means something to every form that could meet it."""
    empty = {
        f"{prefix}-{total}": "0"
        for prefix in ("comments", "credits", "captions")
        for total in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    return empty | {
        "title": "Tên khác",
        "slug": "ten-khac",
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": scene.draft.pk,
        "parent_page": scene.draft.pk,
        "chooser": scene.draft.pk,
        "comment": "Vì sao",
        "restriction_type": "login",
        "url": "/bai-giang-da-dang/",
        "link_text": "xem",
        "name": "Tên khác",
        "reason": "other",
        "why": "Vì sao",
        "how": "Thế nào",
        "sure": "on",
        "words": "Vì sao",
        "when": "daily",
        "position": "0",
    }


class Written:
    """Notes the tables that statements wrote to."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, ctx: Any
    ) -> Any:
        verb = sql.lstrip().split(None, 1)[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE", "REPLACE"} and not any(
            f'"{table}"' in sql for table in COMINGS_AND_GOINGS
        ):
            self.statements.append(sql)
        return execute(sql, params, many, ctx)


def dump() -> dict[str, str]:
    """A fingerprint of each table."""
    prints = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in COMINGS_AND_GOINGS or table.startswith("sqlite_"):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(map(repr, cursor.fetchall()))
            prints[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return prints


FORM = "application/x-www-form-urlencoded"
METHODS = ("GET", "POST", "XHR")
ANSWERS_SCRIPTS = ("/admin/pages/", "/admin/bulk/", "/admin/review/")


class Visitor:
    """Comes with the same session to every address, whatever the last answer did.

    It goes through all middleware, but unlike Django's client it keeps no copy of every
    context that a template was drawn with: thousands of answers are looked at.
    """

    def __init__(self, user: User | None) -> None:
        client = Client()
        if user is not None:
            client.force_login(user)
        self.factory = RequestFactory()
        self.factory.cookies.load(client.cookies.output(header=""))
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.handler.load_middleware()

    def send(self, method: str, path: str, body: dict[str, Any]) -> HttpResponseBase:
        if method == "GET":
            request = self.factory.get(path)
        else:
            ajax = {"X-Requested-With": "XMLHttpRequest"} if method == "XHR" else {}
            form = urlencode(body)
            request = self.factory.post(path, form, content_type=FORM, headers=ajax)
        request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return self.handler.get_response(request)


@dataclass(frozen=True)
class Outcome:
    names: bool
    changed: bool
    broken: bool


def visit(visitor: Visitor, method: str, path: str, body: dict[str, Any]) -> Outcome:
    """Whether the answer named a draft, and whether the database changed."""
    written = Written()
    with transaction.atomic():
        before = baseline()
        with connection.execute_wrapper(written):
            answer = visitor.send(method, path, body)
            names = SECRET.lower() in text_of(answer)
        broken = connection.needs_rollback or answer.status_code >= 500
        changed = bool(written.statements) and not broken and dump() != before
        transaction.set_rollback(True)
    return Outcome(names, changed, broken)


def baseline() -> dict[str, str]:
    if not _BASELINE:
        _BASELINE.update(dump())
    return _BASELINE


_BASELINE: dict[str, str] = {}


def text_of(answer: HttpResponseBase) -> str:
    if getattr(answer, "streaming", False):
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    else:
        content = answer.content  # type: ignore[attr-defined]
    return (
        content.decode(errors="replace") + answer.headers.get("Location", "")
    ).lower()


def findings(
    scene: Scene,
    user: User | None,
    methods: tuple[str, ...] = METHODS,
    only: set[str] | None = None,
) -> list[str]:
    visitor = Visitor(user)
    baseline()
    found = []
    for address in itertools.chain(questions(scene), crossings(scene)):
        if only is not None and address.name not in only:
            continue
        body = address.body or answers(scene)
        for method in methods:
            if method == "XHR" and not address.path.startswith(ANSWERS_SCRIPTS):
                continue
            outcome = visit(visitor, method, address.path, body)
            where = f"{method} {address.name} {address.path}"
            if outcome.names:
                found.append(f"names a draft: {where}")
            if outcome.changed and address.name not in OWN_BUSINESS:
                found.append(f"changes rows: {where}")
            if outcome.broken:
                found.append(f"breaks: {where}")
    return found


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_see_and_change_nothing_of_a_schools_drafts(
    scene: Scene, who: str
) -> None:
    assert "\n".join(findings(scene, scene.people.get(who))) == ""


@pytest.mark.parametrize(
    ("who", "what", "expected"),
    [
        ("an", "names a draft: GET", SEEN_BY_SUPERUSERS),
        ("hoa", "names a draft: GET", SEEN_BY_THE_SCHOOL),
        ("an", "changes rows: POST", CHANGED_BY_SUPERUSERS),
    ],
)
def test_whoever_may_does_see_and_change_them(
    scene: Scene, who: str, what: str, expected: set[str]
) -> None:
    """Else the answer above would be empty for want of questions."""
    method = what[-4:].strip()
    found = findings(scene, getattr(scene.cast, who), (method,), expected)
    seen = {
        line.removeprefix(what).rsplit(" ", 1)[0].strip()
        for line in found
        if line.startswith(what)
    }
    assert expected - seen == set()
