"""The words of a caption file as the library writes them: nothing foreign survives."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from media_pipeline import captions, reasons
from media_pipeline.errors import RefusedError


def cleaned(text: str) -> str:
    return cleaned_file(text.encode())


def cleaned_file(data: bytes) -> str:
    """Our own WebVTT of a VTT or SRT file; `ValidationError` says what to do about it."""
    return captions.to_vtt(cues_of(data))


def cues_of(data: bytes) -> tuple[captions.Cue, ...]:
    try:
        return captions.parse(data)
    except RefusedError as error:
        raise ValidationError(
            reasons.message(error.reason), code=error.reason
        ) from error
