"""`import_clips`: the contract of commands, on real files."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from library.clips.models import ClipPage
from library.contributions.models import LedgerEntry
from library.founding import found
from tests.cast import Cast
from tests.clips import clip as file_of

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]
HEADER = (
    "file,title,unit,subject,grades,skills,series,speakers,licence,description,captions"
)


@pytest.fixture
def manifest(tmp_path: Path, cast: Cast, local_storages: Path) -> Path:
    found()
    rows = [
        f"{file_of('slides')},Đường tròn,thpt-dong-xoai,toan,9,,,Cô Hà,CC-BY-4.0,Mô tả,",
        f"{file_of('page')},Không phải video,thpt-dong-xoai,toan,9,,,,CC-BY-4.0,,",
        f"{file_of('slides')},Đơn vị lạ,khong-co,toan,9,,,,CC-BY-4.0,,",
        f"{file_of('slides')},Chưa có giấy phép,thpt-bu-dang,toan,9,,,,,,",
    ]
    path = tmp_path / "manifest.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def run(manifest: Path, *options: str) -> tuple[dict[int, Any], str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(
            "import_clips", str(manifest), "--json", *options, stdout=out, stderr=err
        )
        why = ""
    except CommandError as error:
        why = str(error)
    rows = json.loads(out.getvalue())["rows"]
    return {row["line"]: row for row in rows}, why


def test_it_publishes_what_is_complete_and_reports_the_rest(manifest: Path) -> None:
    rows, why = run(manifest, "--publish", "--wait", "--user", "an")
    assert {line: row["state"] for line, row in rows.items()} == {
        2: "published",
        3: "refused",
        4: "bad",
        5: "draft",
    }
    assert all(rows[line]["message"] for line in (3, 4, 5))
    assert why
    assert [clip.title for clip in ClipPage.objects.live()] == ["Đường tròn"]
    assert LedgerEntry.objects.count() == 1


def test_a_second_run_adds_nothing(manifest: Path) -> None:
    run(manifest, "--publish", "--wait", "--user", "an")
    before = ClipPage.objects.count()
    rows, _ = run(manifest, "--publish", "--wait", "--user", "an")
    assert ClipPage.objects.count() == before
    assert rows[2]["state"] == "published"


def test_without_publish_all_stay_drafts(manifest: Path) -> None:
    rows, _ = run(manifest, "--wait")
    assert rows[2]["state"] == "draft"
    assert not ClipPage.objects.live().exists()


@pytest.mark.parametrize("options", [("--publish",), ("--publish", "--user", "lan")])
def test_only_a_superuser_publishes(manifest: Path, options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("import_clips", str(manifest), *options)
    assert refused.value.returncode == 2
    assert not ClipPage.objects.exists()


def test_a_file_that_may_not_come_in_stops_no_other(
    manifest: Path, settings: Settings
) -> None:
    settings.MAX_UPLOAD_BYTES = file_of("page").stat().st_size
    rows, why = run(manifest, "--wait")
    assert rows[2]["state"] == "bad"
    assert rows[2]["message"]
    assert rows[3]["state"] == "refused"
    assert why
