"""The details form: lenient with drafts, and the gate's words for submissions."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from library.clips import drafts, gate
from library.clips.models import ClipPage, Grade, Series
from library.uploads.forms import MAX_CAPTION_BYTES, CaptionsForm, DetailsForm
from tests.cast import Cast
from tests.library.clips import factories


def form_of(clip: ClipPage, **data: Any) -> DetailsForm:
    return DetailsForm({"title": "Tên", **data}, draft=drafts.latest(clip))


def test_a_draft_needs_a_title_and_nothing_else(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    assert form_of(clip).is_valid()
    assert list(form_of(clip, title=" ").errors) == ["title"]


def test_what_a_submission_needs_is_shown_as_required(cast: Cast) -> None:
    form = form_of(factories.draft(cast.school_a, cast.lan))
    assert form.is_valid()
    needed = [name for name, field in form.fields.items() if field.required]
    assert needed == ["title", "kind", "licence", "consent"]


def test_a_submission_is_told_what_is_missing_beside_each_field(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    form = form_of(clip)
    form.refuse(gate.details_missing(clip))
    assert set(form.errors) == {"kind", "subject", "licence", "consent"}


def test_each_obstacle_of_the_gate_has_its_field(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan, consent="missing")
    form = form_of(clip)
    form.refuse(gate.details_missing(clip))
    assert set(form.errors) == {"consent"}


def test_names_come_one_a_line_or_by_commas(cast: Cast) -> None:
    form = form_of(factories.draft(cast.school_a, cast.lan), speakers="Lan\nHoa, Tú;")
    assert form.is_valid()
    assert form.details()["speakers"] == ["Lan", "Hoa", "Tú"]


def test_a_new_series_is_made_in_the_clips_own_unit(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    form = form_of(clip, new_series="Ôn thi")
    assert form.is_valid()
    assert not Series.objects.exists()  # the form only reads
    draft = drafts.save_details(clip, cast.lan, form.details())
    assert draft.series == Series.objects.get(unit=cast.school_a)


def test_a_series_of_another_unit_is_no_choice(cast: Cast) -> None:
    other = drafts.series_in(cast.school_b, "Ôn thi")
    assert other is not None
    form = form_of(factories.draft(cast.school_a, cast.lan), series=str(other.pk))
    assert set(form.errors) == {"series"}


def test_numbers_and_choices_that_make_no_sense_are_refused(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    form = form_of(
        clip, series_order="-1", licence="ARR", grades=["99"], poster_choice="x"
    )
    assert set(form.errors) == {"series_order", "licence", "grades", "poster_choice"}


def test_the_form_shows_what_the_draft_says(cast: Cast) -> None:
    grade = Grade.objects.create(code="9", name="Lớp 9")
    clip = factories.ready(
        cast.school_a, cast.lan, grades=[grade], makers=["Hoa", "Tú"]
    )
    form = DetailsForm(draft=drafts.latest(clip))
    assert form["grades"].value() == [grade.pk]
    assert form["makers"].value() == "Hoa\nTú"
    assert form["licence"].value() == "CC-BY-4.0"


def test_a_caption_file_has_a_limit() -> None:
    file = SimpleUploadedFile("a.vtt", b"x" * (MAX_CAPTION_BYTES + 1))
    form = CaptionsForm({"language": "vi"}, MultiValueDict({"file": [file]}))
    assert set(form.errors) == {"file"}
