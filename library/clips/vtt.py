"""The words of a caption file as the library writes them: nothing foreign survives."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.core.exceptions import ValidationError

from media_pipeline import reasons
from media_pipeline.errors import RefusedError


def cleaned(text: str) -> str:
    return cleaned_file(text.encode())


def cleaned_file(data: bytes) -> str:
    """Our own WebVTT of a VTT or SRT file; `ValidationError` says what to do about it."""
    text: str = import_module("media_pipeline.captions").to_vtt(cues_of(data))
    return text


def cues_of(data: bytes) -> tuple[Any, ...]:
    try:
        return tuple(import_module("media_pipeline.captions").parse(data))
    except RefusedError as error:
        raise ValidationError(
            reasons.message(error.reason), code=error.reason
        ) from error
