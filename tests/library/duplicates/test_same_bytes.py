"""A browser asks about a file before it sends it, and learns what its person may know."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from media_pipeline.likeness.models import Digest
from media_pipeline.models import Asset
from media_pipeline.states import State
from tests.cast import Cast, signed_in
from tests.library.duplicates.factories import OTHER_SHA, SHA, draft_of, published

SIZE = 1_200_000
LARGE = 3 * 1024**3


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    cache.clear()


def told(client: Client, **asked: Any) -> dict[str, Any]:
    answer = client.post(reverse("duplicates:known"), asked)
    return {"status": answer.status_code, **answer.json()}


def test_an_unknown_file_is_not_known(cast: Cast) -> None:
    draft_of(cast.school_a, cast.lan)
    lan = signed_in(cast.lan)
    assert not told(lan, size=SIZE, sha256=OTHER_SHA)["known"]
    assert not told(lan, size=SIZE + 1, sha256=SHA)["known"]


def test_an_own_draft_is_named_and_linked(cast: Cast) -> None:
    clip = draft_of(cast.school_a, cast.lan, "Bài của Lan")
    answer = told(signed_in(cast.lan), size=SIZE, sha256=SHA)
    assert answer["known"]
    assert "Bài của Lan" in answer["sentence"]
    assert answer["url"] == reverse("uploads:clip", args=[clip.pk])


def test_what_is_public_is_named_to_everybody_with_an_account(cast: Cast) -> None:
    clip = published(draft_of(cast.school_b, cast.hoa, "Bài của Hoa"), cast.an)
    answer = told(signed_in(cast.lan), size=SIZE, sha256=SHA)
    assert "Bài của Hoa" in answer["sentence"]
    assert answer["url"] == reverse("catalogue:clip", args=[clip.slug, clip.pk])


def test_a_foreign_draft_is_neither_named_nor_linked(cast: Cast) -> None:
    draft_of(cast.school_b, cast.hoa, "Bài kín")
    answer = told(signed_in(cast.lan), size=SIZE, sha256=SHA)
    assert answer["known"]
    assert "Bài kín" not in str(answer)
    assert answer["url"] == ""


def test_of_several_the_one_that_the_person_may_see_is_named(cast: Cast) -> None:
    draft_of(cast.school_b, cast.hoa, "Bài kín")
    draft_of(cast.school_a, cast.lan, "Bài của Lan")
    assert "Bài của Lan" in told(signed_in(cast.lan), size=SIZE, sha256=SHA)["sentence"]


def test_a_refused_file_may_be_sent_again(cast: Cast) -> None:
    draft_of(cast.school_a, cast.lan, state=State.REFUSED)
    assert not told(signed_in(cast.lan), size=SIZE, sha256=SHA)["known"]


def test_of_a_large_file_both_ends_come_first_and_the_whole_only_then(
    cast: Cast,
) -> None:
    clip = draft_of(cast.school_a, cast.lan, "Bài dài", size=LARGE)
    edges, blocks = hashlib.sha256(b"e").hexdigest(), hashlib.sha256(b"b").hexdigest()
    asset = Asset.objects.get(clip=clip)
    Digest.objects.create(asset=asset, edges=edges, blocks=blocks)
    lan = signed_in(cast.lan)
    first = told(lan, size=LARGE, edges=edges)
    assert (first["known"], first["wants"]) == (False, "blocks")
    assert told(lan, size=LARGE, edges=OTHER_SHA)["wants"] == ""
    assert not told(lan, size=LARGE, edges=edges, blocks=OTHER_SHA)["known"]
    assert told(lan, size=LARGE, edges=edges, blocks=blocks)["known"]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"size": "-1", "sha256": SHA},
        {"size": "9" * 400, "sha256": SHA},
        {"size": "١٢", "sha256": SHA},
        {"size": SIZE, "sha256": ""},
        {"size": SIZE, "sha256": SHA[:-1]},
        {"size": SIZE, "sha256": SHA.upper()},
        {"size": SIZE, "blocks": SHA},
    ],
)
def test_nonsense_is_simply_unknown(cast: Cast, asked: dict[str, Any]) -> None:
    draft_of(cast.school_a, cast.lan)
    answer = told(signed_in(cast.lan), **asked)
    assert (answer["status"], answer["known"]) == (200, False)


def test_one_person_does_not_ask_without_end(cast: Cast) -> None:
    lan = signed_in(cast.lan)
    asked = [told(lan, size=SIZE, sha256=SHA)["status"] for _ in range(61)]
    assert asked == [200] * 60 + [429]
    assert told(signed_in(cast.hoa), size=SIZE, sha256=SHA)["status"] == 200


def test_guests_and_forged_requests_learn_nothing(cast: Cast) -> None:
    address = reverse("duplicates:known")
    assert Client().post(address).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.lan)
    assert strict.post(address, {"size": SIZE, "sha256": SHA}).status_code == 403
    assert signed_in(cast.lan).get(address).status_code == 405
