from __future__ import annotations

from search.documents import Label
from search.elasticsearch import mapping
from search.elasticsearch.documents import (
    clip_document,
    clip_id,
    gone,
    label_documents,
    label_id,
    line,
)
from search.facets import labels_of
from search.text import tokens
from tests.search.clips import MATHS, PROVINCE, clip, cue

LONG = "ở" * 10_000


def test_words_are_folded_by_us_and_shown_as_they_were_written() -> None:
    record = clip(7, "Kĩ năng Sống", subject=MATHS, captions=(cue(3, "Chào em"),))
    made = clip_document(record, labels_of(record))
    assert made["title"] == "ki nang song"
    assert made["title_keys"] == "ki_4 năng sông_2"
    assert made["names"] == ["toan"]
    assert made["shown"]["title"] == "Kĩ năng Sống"
    assert set(made["words"].split()) == {"ki", "nang", "song", "toan", "chao", "em"}
    assert made["captions"] == [
        {"start_ms": 3000, "end_ms": 5000, "text": "Chào em", "words": "chao em"}
    ]
    assert made["facets"] == {"subject": ["toan"], "captions": ["yes"]}


def test_only_words_with_marks_have_keys_to_be_exact_about() -> None:
    record = clip(1, "Toán vui", description="hoa hoc")
    assert clip_document(record, ())["keys"] == "toan_2"


def test_no_field_is_written_that_the_mapping_does_not_know() -> None:
    known = mapping.mappings()["properties"]
    record = clip(1, "A", units=(PROVINCE,), captions=(cue(1, "b"),))
    labels = labels_of(record)
    written = [clip_document(record, labels), gone(1)]
    written += [body for _, body in label_documents(labels)]
    assert all(set(body) <= set(known) for body in written)


def test_ids_are_short_however_long_a_code_is() -> None:
    assert clip_id(5) == "clip-5"
    ids = {label_id("unit", LONG), label_id("subject", LONG), label_id("unit", "ở")}
    assert len(ids) == 3
    assert all(len(one) < 60 for one in ids)


def test_a_label_is_found_by_its_name_and_ordered_by_kind_and_length() -> None:
    record = clip(1, "A", subject=MATHS, series=Label("s", "Toán"), units=(PROVINCE,))
    bodies = dict(label_documents(labels_of(record)))
    subject = bodies[label_id("subject", "toan")]
    series = bodies[label_id("series", "s")]
    assert subject["label"]["words"] == "toan"
    assert subject["label"]["order"] < series["label"]["order"]


def test_a_line_ends_where_its_last_word_ends() -> None:
    assert line(tokens("Toán học")) == "toan hoc "
    assert not line(tokens("Toán họcc")).startswith(line(tokens("Toán học")))
