"""The clip for machines: schema.org VideoObject and LearningResource as JSON-LD."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from library.catalogue.cards import clip_url
from library.clips.licences import LICENCES
from library.clips.models import ClipPage
from library.clips.playback import Playback

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def script_safe(data: dict[str, Any]) -> SafeString:
    """JSON that cannot end its script element, whatever a title holds."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308 - no <, > or & is left


def clip_data(
    clip: ClipPage, playback: Playback, unit: str, site_url: str
) -> dict[str, Any]:
    """Addresses are absolute; what is not known is left out rather than left empty."""
    licence = LICENCES.get(clip.licence)
    published = clip.first_published_at
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["VideoObject", "LearningResource"],
        "name": clip.title,
        "description": clip.description or clip.title,
        "url": absolute(site_url, clip_url(clip)),
        "thumbnailUrl": absolute(site_url, playback.poster_url),
        "contentUrl": absolute(site_url, playback.download_url),
        "uploadDate": published.isoformat() if published else "",
        "duration": iso_duration(playback.duration_ms),
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "learningResourceType": clip.kind.name if clip.kind else "",
        "about": clip.subject.name if clip.subject else "",
        "teaches": [skill.name for skill in clip.skills.all()],
        "educationalLevel": [grade.name for grade in clip.grades.all()],
        "license": licence.url if licence else "",
        "provider": {"@type": "Organization", "name": unit} if unit else "",
        "accessibilityFeature": ["captions", "transcript"] if playback.captions else [],
        **_people(clip),
    }
    return {name: value for name, value in data.items() if value not in ("", [])}


def iso_duration(milliseconds: int) -> str:
    """ISO 8601, as schema.org wants it: 754 s is PT12M34S."""
    if not milliseconds:
        return ""
    minutes, seconds = divmod(max(round(milliseconds / 1000), 1), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours}H" * bool(hours), f"{minutes}M" * bool(minutes)]
    return "PT" + "".join(parts) + f"{seconds}S" * (bool(seconds) or not any(parts))


def absolute(site_url: str, address: str) -> str:
    """Addresses of S3 or a CDN are absolute already."""
    return f"{site_url}{address}" if address.startswith("/") else address


def _people(clip: ClipPage) -> dict[str, Any]:
    people: dict[str, list[dict[str, str]]] = {"actor": [], "creator": []}
    for credit in clip.credits.all():
        part = "actor" if credit.part == credit.Part.SPEAKER else "creator"
        people[part].append({"@type": "Person", "name": credit.name})
    return people
