"""What an import leaves alone, and how it finds again what it brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from library import journey
from library.clips import gate
from library.clips.models import ClipKind, ClipPage, Consent, Subject
from library.clips.seed import load_taxonomies
from library.uploads import imports
from library.uploads.manifest import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast: Cast, local_storages: Path, tmp_path: Path) -> Entry:
    load_taxonomies()
    file = tmp_path / "bai.mp4"
    file.write_bytes(b"some bytes")
    captions = tmp_path / "bai.srt"
    captions.write_text("1\n00:00:00,000 --> 00:00:01,000\nXin chào\n")
    return Entry(
        line=2,
        file=file,
        title="Bài một",
        unit=cast.school_a,
        kind=ClipKind.objects.get(code="lecture"),
        subject=Subject.objects.get(code="toan"),
        series="Chuỗi bài",
        speakers=("Cô Hà",),
        makers=("Thầy Nam",),
        licence="CC-BY-4.0",
        consent=Consent.NO_MINORS,
        captions=captions,
    )


def test_the_given_file_stays_where_it_is(entry: Entry, cast: Cast) -> None:
    journey.imported(entry, cast.lan)
    assert entry.file.read_bytes() == b"some bytes"


def test_all_details_arrive(entry: Entry, cast: Cast) -> None:
    clip = ClipPage.objects.get(pk=journey.imported(entry, cast.lan).pk)
    assert clip.title == "Bài một"
    assert clip.series is not None
    assert clip.series.title == "Chuỗi bài"
    assert {credit.name for credit in clip.credits.all()} == {"Cô Hà", "Thầy Nam"}
    assert "Xin chào" in clip.captions.get().vtt


def test_an_imported_clip_is_found_again_and_another_files_is_not(
    entry: Entry, cast: Cast
) -> None:
    assert imports.already_there(entry) is None
    clip = journey.imported(entry, cast.lan)
    assert imports.already_there(entry) == ClipPage.objects.get(pk=clip.pk)
    entry.file.write_bytes(b"other bytes, more of them")
    assert imports.already_there(entry) is None


def test_who_publishes_is_remembered_until_it_is_public(
    entry: Entry, cast: Cast
) -> None:
    clip = journey.imported(entry, cast.an, publish_by=cast.an)
    assert imports.to_be_published_by(ClipPage.objects.get(pk=clip.pk)) == cast.an
    other = journey.imported(Entry(**{**entry.__dict__, "title": "Bài hai"}), cast.an)
    assert imports.to_be_published_by(ClipPage.objects.get(pk=other.pk)) is None


def test_that_children_agreed_is_the_word_of_the_superuser_who_publishes(
    entry: Entry, cast: Cast
) -> None:
    """A draft has nobody's word: its unit writes down who is seen."""
    agreed = Entry(**{**entry.__dict__, "consent": Consent.ON_FILE})
    clip = journey.imported(agreed, cast.an, publish_by=cast.an)
    assert imports.to_be_published_by(ClipPage.objects.get(pk=clip.pk)) == cast.an
    other = Entry(**{**agreed.__dict__, "title": "Bài hai"})
    draft = ClipPage.objects.get(pk=journey.imported(other, cast.an).pk)
    assert gate.CONSENT_INCOMPLETE in gate.details_missing(draft)
