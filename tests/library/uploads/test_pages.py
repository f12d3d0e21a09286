"""What the contributor's pages show."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from library import journey
from library.clips import drafts
from library.units.models import UnitPage
from library.uploads import pages
from tests.cast import Cast
from tests.library.clips import factories


@pytest.fixture(autouse=True)
def staging(tmp_path: Path, settings: Any) -> None:
    settings.STAGING_DIR = tmp_path / "staging"


def test_own_clips_come_first_and_the_units_on_request(cast: Cast) -> None:
    own = factories.ready(cast.school_a, cast.lan)
    colleagues = factories.draft(cast.school_a, cast.an, "Của An.mp4")
    factories.draft(cast.school_b, cast.hoa)
    mine = pages.rows_for(cast.lan, "1", of_units=False).object_list
    units = pages.rows_for(cast.lan, "1", of_units=True).object_list
    assert [row.title for row in mine] == [own.title]
    assert [row.title for row in units] == [colleagues.title, own.title]
    assert {row.unit for row in units} == {cast.school_a.title}


def test_the_newest_title_is_shown(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    drafts.save_details(clip, cast.lan, {"title": "Tên mới"})
    rows = pages.rows_for(cast.lan, "1", of_units=False).object_list
    assert rows[0].title == "Tên mới"


def test_one_uploads_where_one_may(cast: Cast) -> None:
    assert list(pages.units_for(cast.lan)) == [cast.school_a]
    assert not pages.units_for(cast.minh)
    assert cast.school_c in pages.units_for(cast.an)


def test_a_unit_that_ended_takes_no_new_clips(cast: Cast) -> None:
    UnitPage.objects.filter(pk=cast.school_a.pk).update(
        ended_on=datetime.date(2026, 7, 1)
    )
    assert not pages.units_for(cast.lan)


def test_an_unfinished_upload_says_how_to_go_on(cast: Cast) -> None:
    session = journey.upload_started(cast.lan, cast.school_a, "Bài 3.mp4", 100)
    session.staging_path.write_bytes(b"x" * 43)
    (one,) = pages.unfinished_for(cast.lan)
    assert (one.name, one.size, one.offset, one.percent) == ("Bài 3.mp4", 100, 43, 43)
    assert one.clip == session.clip_id
    assert one.upload_url == f"/dong-gop/tus/{session.uuid}/"
    assert one.details_url == f"/dong-gop/clip/{session.clip_id}/"
    assert pages.unfinished_for(cast.hoa) == []


def test_the_status_comes_with_its_html(cast: Cast) -> None:
    told = pages.status(factories.ready(cast.school_a, cast.lan))
    assert (told["code"], told["moves"]) == ("ready", False)
    assert not told["lacks_video"]
    assert str(told["sentence"]) in told["html"]
