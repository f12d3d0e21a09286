"""Captions of a clip: one track a language, in its draft like every detail."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from library.clips import captions, drafts
from library.clips.models import ClipPage
from tests.cast import Cast
from tests.library.clips import factories


def srt(text: str) -> bytes:
    return f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n".encode()


def spoken(clip: ClipPage) -> dict[str, str]:
    tracks = drafts.latest(clip).captions.all()
    return {one.language: captions.cues(one)[0].text for one in tracks}


def test_a_file_becomes_the_track_of_its_language(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    captions.take(clip, cast.lan, "vi", srt("Một"))
    captions.take(clip, cast.lan, "en", srt("One"))
    captions.take(clip, cast.lan, "vi", srt("Hai"))
    assert spoken(clip) == {"vi": "Hai", "en": "One"}
    captions.remove(clip, cast.lan, "en")
    assert spoken(clip) == {"vi": "Hai"}
    assert ClipPage.objects.get(pk=clip.pk).captions.count() == 1


def test_a_bad_file_leaves_what_was_there(cast: Cast) -> None:
    clip = factories.draft(cast.school_a, cast.lan)
    captions.take(clip, cast.lan, "vi", srt("Một"))
    with pytest.raises(ValidationError):
        captions.take(clip, cast.lan, "vi", b"<html>")
    assert spoken(clip) == {"vi": "Một"}


def test_captions_of_a_live_clip_wait_for_a_review(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    captions.take(clip, cast.lan, "vi", srt("Một"))
    assert not ClipPage.objects.get(pk=clip.pk).captions.exists()
    assert spoken(clip) == {"vi": "Một"}
