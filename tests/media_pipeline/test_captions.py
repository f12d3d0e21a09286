"""Captions come in dirty and go out as plain text with times."""

from __future__ import annotations

import unicodedata

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.captions import MAX_BYTES, Cue, parse, to_vtt
from media_pipeline.errors import RefusedError

VTT = """WEBVTT - bài 3

STYLE
::cue { color: red }

NOTE a remark

intro
00:01.000 --> 00:02.500 align:start
<v Lan>Xin <b>chào</b> các em</v>

01:00:03.000 --> 01:00:04.000
a &lt; b &amp; c
dòng hai
"""

SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Một</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,500\r\n{\\an8}Hai\r\n"


def test_webvtt_gives_plain_cues() -> None:
    assert parse(VTT.encode()) == (
        Cue(1000, 2500, "Xin chào các em"),
        Cue(3_603_000, 3_604_000, "a < b & c\ndòng hai"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_subrip_is_read_in_each_unicode_encoding(encoding: str) -> None:
    assert parse(SRT.encode(encoding)) == (
        Cue(1000, 2000, "Một"),
        Cue(3000, 4500, "Hai"),
    )


def test_decomposed_letters_are_composed() -> None:
    text = unicodedata.normalize("NFD", SRT)
    assert parse(text.encode())[0].text == "Một"


def test_cues_come_in_order_of_time() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n"
    assert [cue.text for cue in parse(text.encode())] == ["a", "b"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"WEBVTT\n",
        b"WEBVTTX\n\n00:01.000 --> 00:02.000\na\n",
        b"<!doctype html><p>hello</p>",
        b"<script>\n1\n00:00:01,000 --> 00:00:02,000\nx\n",
        b"just some text\nof two lines",
        b"1\n00:00:02,000 --> 00:00:01,000\nbackwards\n",
        "1\n00:00:01,000 --> 00:00:02,000\nÂm thanh\n".encode("cp1258"),
        b"\x00\x01\x02\x03",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n\x00\n",
        b"#EXTM3U\nhttp://127.0.0.1/x\n",
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"a" * MAX_BYTES,
    ],
)
def test_what_is_no_caption_file_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError) as caught:
        parse(data)
    assert caught.value.reason == "bad_subtitle"


def test_markup_never_comes_out() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n"
        "<script>alert(1)</script> <img src=x onerror=y> &lt;script&gt; 1 <2\n"
    )
    written = to_vtt(parse(text.encode()))
    body = written.split("\n", 3)[3]
    assert "<" not in body
    assert "alert(1) &lt;script&gt; 1 &lt;2" in body


def test_text_cannot_forge_a_cue() -> None:
    cue = Cue(0, 1000, "a\n00:05.000 --> 00:06.000\nb")
    assert to_vtt([cue]).count("-->") == 1


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**7),
            st.integers(1, 10**5),
            st.text(
                st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1
            ),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_was_written_reads_back(rows: list[tuple[int, int, str]]) -> None:
    cues = [Cue(at, at + length, f"x {text}") for at, length, text in rows]
    again = parse(to_vtt(cues).encode())
    clean = parse(to_vtt(again).encode())
    assert again == clean
    assert len(again) == len(cues)


def test_another_reader_agrees_with_what_we_write() -> None:
    captions = webvtt.from_string(to_vtt(parse(VTT.encode())))
    assert [one.start for one in captions.captions] == ["00:00:01.000", "01:00:03.000"]
