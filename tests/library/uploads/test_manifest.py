"""A manifest row becomes an entry, or a sentence that says what is wrong with it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from library.clips.seed import load_taxonomies
from library.units.models import UnitPage
from library.uploads import manifest
from library.uploads.manifest import ManifestError
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HEADER = "file,title,unit,subject,grades,skills,licence,consent\n"
GOOD = "a.mp4,Toán lớp 10,thpt-dong-xoai,toan,10;11,,CC BY 4.0,no_minors\n"


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    load_taxonomies()


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "a.mp4").write_bytes(b"video")
    path = folder / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    return path


def parsed(path: Path) -> tuple[list[manifest.Entry], list[manifest.Fault]]:
    return manifest.parse(manifest.read(path), path.parent)


def test_a_good_row_is_resolved(tmp_path: Path, cast: Cast) -> None:
    (entry,), faults = parsed(written(tmp_path, HEADER + GOOD))
    assert faults == []
    assert entry.unit == cast.school_a
    assert [grade.code for grade in entry.grades] == ["10", "11"]
    assert (entry.licence, entry.kind.code) == ("CC-BY-4.0", "lecture")


def test_a_spreadsheets_mark_at_the_start_and_decomposed_letters_are_no_matter(
    tmp_path: Path,
) -> None:
    text = unicodedata.normalize("NFD", HEADER + GOOD)
    (entry,), _ = parsed(written(tmp_path, text, "utf-8-sig"))
    assert entry.title == "Toán lớp 10"


def test_names_do_as_well_as_codes(tmp_path: Path) -> None:
    row = "a.mp4,Nước,thpt-dong-xoai,TOÁN,Lớp 10,,cc-by-4.0,\n"
    (entry,), faults = parsed(written(tmp_path, HEADER + row))
    assert faults == []
    assert entry.subject is not None
    assert entry.subject.code == "toan"


@pytest.mark.parametrize(
    "row",
    [
        "nowhere.mp4,Tên,thpt-dong-xoai,toan,10,,,",
        "a.mp4,,thpt-dong-xoai,toan,10,,,",
        "a.mp4,Tên,khong-co,toan,10,,,",
        "a.mp4,Tên,thpt-dong-xoai,phep-thuat,10,,,",
        "a.mp4,Tên,thpt-dong-xoai,toan,99,,,",
        "a.mp4,Tên,thpt-dong-xoai,toan,10,bay,,",
        "a.mp4,Tên,thpt-dong-xoai,toan,10,,MIT,",
        "a.mp4,Tên,thpt-dong-xoai,toan,10,,,perhaps",
        "a.mp4,Tên,thpt-dong-xoai,toan,10,,,,,one too many",
        f"a.mp4,{'x' * 256},thpt-dong-xoai,toan,10,,,",
        ",Tên,thpt-dong-xoai,toan,10,,,",
    ],
)
def test_a_bad_row_is_told_with_its_line_and_stops_no_other(
    tmp_path: Path, row: str
) -> None:
    entries, faults = parsed(written(tmp_path, f"{HEADER}{GOOD}{row}\n{GOOD}"))
    assert [entry.line for entry in entries] == [2, 4]
    assert [fault.line for fault in faults] == [3]
    assert faults[0].message


def test_a_unit_that_ended_takes_no_new_clips(tmp_path: Path) -> None:
    UnitPage.objects.update(ended_on="2025-07-01")
    _, (fault,) = parsed(written(tmp_path, HEADER + GOOD))
    assert "Đoàn trường THPT Đồng Xoài" in fault.message


def test_lines_are_counted_through_cells_with_line_breaks(tmp_path: Path) -> None:
    text = f'{HEADER}a.mp4,"Hai\ndòng",thpt-dong-xoai,toan,10,,,\n{GOOD}'
    entries, _ = parsed(written(tmp_path, text))
    assert [(entry.line, entry.title) for entry in entries] == [
        (2, "Hai dòng"),
        (4, "Toán lớp 10"),
    ]


@pytest.mark.parametrize("text", ["", "title,unit\n", "file,title,unit,colour\n"])
def test_a_manifest_without_its_columns_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ManifestError):
        manifest.read(written(tmp_path, text))


def test_a_manifest_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(ManifestError):
        manifest.read(path)


def test_a_vietnamese_spreadsheets_semicolons_will_do(tmp_path: Path) -> None:
    text = "file;title;unit;subject;grades\na.mp4;Toán, lớp 10;thpt-dong-xoai;toan;10\n"
    (entry,), faults = parsed(written(tmp_path, text))
    assert faults == []
    assert entry.title == "Toán, lớp 10"


def test_a_cell_beyond_all_bounds_is_refused_in_words(tmp_path: Path) -> None:
    row = f"a.mp4,{'x' * 200_000},thpt-dong-xoai,toan,10,,,"
    with pytest.raises(ManifestError):
        manifest.read(written(tmp_path, f"{HEADER}{row}\n"))


def test_no_null_byte_comes_through(tmp_path: Path) -> None:
    row = "a.mp4,Tê\0n,thpt-dong-xoai,toan,10,,,"
    (entry,), _ = parsed(written(tmp_path, f"{HEADER}{row}\n"))
    assert entry.title == "Tên"
