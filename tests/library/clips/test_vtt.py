"""Caption files: only our own writing of them is kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from library.clips import vtt

SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\nChào <b>các</b> em\r\n".encode()


def test_a_subrip_file_becomes_webvtt() -> None:
    assert vtt.cleaned_file(SRT) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nChào các em\n"
    )


def test_cleaning_twice_changes_nothing_more() -> None:
    once = vtt.cleaned_file(SRT)
    assert vtt.cleaned(once) == once


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"\x00\x01", b"WEBVTT\n"])
def test_what_is_no_caption_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        vtt.cleaned_file(data)
    assert refused.value.code == "bad_subtitle"
    assert ".srt" in refused.value.message
