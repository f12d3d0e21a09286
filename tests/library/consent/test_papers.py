"""Signed papers: judged by content, private, handed out by one view, each time on record."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import PageLogEntry

from library.clips.models import ClipPage
from library.consent import papers, people
from library.consent.models import PersonSeen
from media_pipeline import storage, sweep
from tests.cast import Cast, signed_in
from tests.factories import playable_clip
from tests.library.consent.test_people import told

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, kind)
    return file.getvalue()


def file(content: bytes, name: str = "Giấy của Mai.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def clip(cast: Cast, local_storages: Path) -> ClipPage:
    return playable_clip(cast.school_a, cast.lan, consent="on_file")


def written(clip: ClipPage, cast: Cast, **more: Any) -> PersonSeen:
    return people.write(PersonSeen(clip=clip), cast.lan, told(**more))


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "pdf"), (picture("PNG"), "png"), (picture("JPEG"), "jpg")],
)
def test_the_kind_is_found_in_the_content(content: bytes, kind: str) -> None:
    assert papers.kind_of(file(content, "x.exe")) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.4 and no end",
        picture("GIF"),
        picture("PNG")[:40],
        b"MZ" + bytes(100),
        PDF + bytes(papers.MAX_BYTES),
    ],
)
def test_anything_else_is_refused_whatever_its_name(content: bytes) -> None:
    with pytest.raises(ValidationError):
        papers.kind_of(file(content))


def test_its_key_says_nothing_and_a_new_one_takes_its_place(
    cast: Cast, clip: ClipPage
) -> None:
    person = written(clip, cast, paper=file(PDF))
    first = person.paper
    assert "Mai" not in first
    people.write(person, cast.lan, told(paper=file(picture(), "x.png")))
    (kept,) = storage.stored_originals(storage.PAPERS)
    assert kept.key == PersonSeen.objects.get().paper != first
    people.remove(person, cast.lan)
    assert not list(storage.stored_originals(storage.PAPERS))


@pytest.mark.usefixtures("any_storages")
def test_it_is_handed_out_to_those_above_and_each_time_is_on_record(
    cast: Cast,
) -> None:
    clip = playable_clip(cast.school_a, cast.lan, consent="on_file")
    person = written(clip, cast, paper=file(PDF))
    path = reverse("consent:paper", args=[person.pk])
    for who, answer in (
        ("lan", 200),  # it was she who brought it
        ("minh", 200),
        ("an", 200),
        ("hoa", 404),
        ("tu", 404),
        ("nam", 404),
    ):
        response = signed_in(getattr(cast, who)).get(path)
        assert response.status_code == answer
        if answer == 200:
            assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
            assert response["Content-Disposition"].startswith("attachment")
            assert "Mai" not in response["Content-Disposition"]
            assert response["X-Content-Type-Options"] == "nosniff"
            assert "no-store" in response["Cache-Control"]
            assert response["Content-Type"] == "application/pdf"
    seen = PageLogEntry.objects.filter(action=papers.SEEN)
    assert {entry.user for entry in seen} == {cast.lan, cast.minh, cast.an}


def test_a_colleague_of_the_unit_does_not_open_what_another_brought(
    cast: Cast, clip: ClipPage
) -> None:
    person = written(clip, cast, paper=file(PDF))
    PersonSeen.objects.update(paper_by=cast.minh)
    path = reverse("consent:paper", args=[person.pk])
    assert signed_in(cast.lan).get(path).status_code == 404
    assert not PageLogEntry.objects.filter(action=papers.SEEN).exists()


def test_what_no_row_points_to_is_swept_and_the_rest_stays(
    cast: Cast, clip: ClipPage, tmp_path: Path
) -> None:
    kept = written(clip, cast, paper=file(PDF)).paper
    stray = tmp_path / "stray"
    stray.write_bytes(PDF)
    storage.put_original(stray, storage.fresh_paper())
    assert papers.sweep() == 0  # somebody may be sending it
    sweep.sweep(grace=datetime.timedelta(0))
    assert papers.sweep(grace=datetime.timedelta(0)) == 1
    assert [one.key for one in storage.stored_originals(storage.PAPERS)] == [kept]
