"""The reason codes of a refusal, each with what the uploader should do about it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

MESSAGES = {
    "empty": gettext_lazy(
        "The file is empty. Check that it was copied completely, then upload it again."
    ),
    "not_a_video": gettext_lazy(
        "This file is not a video that we can read. Please upload a video file, "
        "for example an MP4."
    ),
    "no_video": gettext_lazy(
        "The file has sound but no moving picture. Please export it again with its "
        "video track."
    ),
    "damaged": gettext_lazy(
        "The file is damaged or incomplete. Please copy it again from the camera or "
        "computer where it was made, check that it plays to the end, then upload it."
    ),
    "too_short": gettext_lazy(
        "The clip is too short. Please upload a clip that lasts at least one second."
    ),
    "too_long": gettext_lazy(
        "The clip is too long. Please cut it into several shorter clips."
    ),
    "bad_dimensions": gettext_lazy(
        "The picture is too large, too small or has an unusual shape. Please export "
        "the video at 1920×1080 or 1280×720."
    ),
    "too_many_streams": gettext_lazy(
        "The file holds too many tracks. Please export it with one picture track "
        "and one sound track."
    ),
    "too_large": gettext_lazy(
        "The file is too large. Please export it at a lower quality or cut it into "
        "several clips."
    ),
    "bad_subtitle": gettext_lazy(
        "The caption file cannot be read. Please save it as WebVTT (.vtt) or SubRip "
        "(.srt) with UTF-8 text, at most 1 MB."
    ),
}


def message(reason: str) -> str:
    """The sentence for `reason` in the active language; fits codes not known here."""
    if reason in MESSAGES:
        return str(MESSAGES[reason])
    return gettext("This file cannot be used. Please try another one.")
