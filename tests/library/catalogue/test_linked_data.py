from __future__ import annotations

import json

import pytest

from library.catalogue.linked_data import (
    absolute,
    clip_data,
    iso_duration,
    script_safe,
)
from library.clips.playback import playback_of
from tests.cast import Cast
from tests.library.clips import factories


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (0, ""),
        (400, "PT1S"),
        (59_600, "PT1M"),
        (754_000, "PT12M34S"),
        (3_600_000, "PT1H"),
        (3_723_000, "PT1H2M3S"),
    ],
)
def test_durations_are_iso_8601(milliseconds: int, text: str) -> None:
    assert iso_duration(milliseconds) == text


def test_a_title_cannot_end_its_script_element() -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028"
    text = script_safe({"name": title})
    assert "<" not in text
    assert json.loads(text) == {"name": title}


def test_addresses_of_a_cdn_stay() -> None:
    assert absolute("https://a", "https://cdn/x.jpg") == "https://cdn/x.jpg"
    assert absolute("https://a", "/x.jpg") == "https://a/x.jpg"
    assert absolute("https://a", "") == ""


def test_a_clip_is_a_video_and_a_learning_resource(cast: Cast) -> None:
    clip = factories.live(
        cast.school_a, cast.lan, speakers=["Cô Hạnh"], makers=["CLB Truyền thông"]
    )
    data = clip_data(clip, playback_of(clip), "Đoàn trường A", "https://thuvien.vn")
    assert data["@type"] == ["VideoObject", "LearningResource"]
    assert data["url"] == f"https://thuvien.vn/clip/{clip.slug}-{clip.pk}/"
    assert data["duration"] == "PT1M"
    assert data["about"] == "Toán"
    assert data["license"].startswith("https://creativecommons.org/licenses/by/4.0/")
    assert data["actor"] == [{"@type": "Person", "name": "Cô Hạnh"}]
    assert data["provider"]["name"] == "Đoàn trường A"
    assert "accessibilityFeature" not in data
    assert "thumbnailUrl" not in data  # what is not there is not named
