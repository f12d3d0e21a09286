"""Onsets and bits of a sound, from what ffmpeg draws of it."""

from __future__ import annotations

from pathlib import Path

from media_pipeline.commands.likeness import SPECTRUM_SIZE
from media_pipeline.likeness import sounds

QUIET = (0,) * sounds.WIDTH
LOUD = (90, -80, 70, *(0,) * (sounds.WIDTH - 3))


def test_bits_say_where_it_grows_and_how_sure_that_is() -> None:
    track = sounds.heard([LOUD, QUIET])
    assert track.instants() == [(0b101, 0b111), (0, 0)]


def test_a_word_is_two_onsets_that_follow_each_other() -> None:
    other = tuple(reversed(LOUD))
    assert sounds.words([QUIET, LOUD, QUIET, QUIET]) == set()
    once = sounds.words([LOUD, QUIET, QUIET, other])
    later = sounds.words([QUIET, QUIET, LOUD, QUIET, QUIET, QUIET, other])
    assert once == later
    assert len(once) == 1
    assert sounds.words([other, QUIET, LOUD]) != once


def test_a_word_fits_below_the_mark_of_views() -> None:
    last = (*(0,) * (sounds.WIDTH - 3), 90, 90, 90)
    assert max(sounds.words([last, QUIET, last])) < 1 << 30


def test_an_empty_or_cut_drawing_is_silence(tmp_path: Path) -> None:
    sheet = tmp_path / "spectrum.gray"
    sheet.write_bytes(b"")
    assert sounds.growths(sheet) == []
    sheet.write_bytes(bytes(SPECTRUM_SIZE[0] * SPECTRUM_SIZE[1] + 7))
    silent = sounds.heard(sounds.growths(sheet))
    assert set(silent.sure) == {0}
