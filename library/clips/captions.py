"""Captions of a clip: taken from an uploaded file, one track a language."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from library.clips import drafts, vtt
from library.clips.models import CaptionTrack, ClipPage
from media_pipeline.captions import Cue


@transaction.atomic
def take(clip: ClipPage, user: User, language: str, data: bytes) -> ClipPage:
    """Replaces the track of that language; `ValidationError` when it cannot be read."""
    track = CaptionTrack(language=language, vtt=vtt.cleaned_file(data))
    return _with_tracks(clip, user, language, [track])


@transaction.atomic
def remove(clip: ClipPage, user: User, language: str) -> ClipPage:
    return _with_tracks(clip, user, language, [])


def cues(track: CaptionTrack) -> tuple[Cue, ...]:
    return vtt.cues_of(track.vtt.encode())


def _with_tracks(
    clip: ClipPage, user: User, language: str, new: list[CaptionTrack]
) -> ClipPage:
    draft = drafts.latest(clip)
    others = [one for one in draft.captions.all() if one.language != language]
    draft.captions = others + new
    drafts.save(draft, user)
    return draft
