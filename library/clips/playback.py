"""What a page needs to play a clip: addresses, sizes and captions, as finished values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from library.clips.models import CaptionTrack, ClipPage
from media_pipeline.models import Asset

# (rate, label) as the player offers them; 1 is the default.
SPEEDS = tuple(
    (rate, f"{rate.replace('.', ',')}×")
    for rate in ("0.5", "0.75", "1", "1.25", "1.5", "1.75", "2")
)


@dataclass(frozen=True)
class Rendition:
    """One picture size of the HLS package; `bytes` is what watching all of it costs."""

    name: str
    width: int
    height: int
    bytes: int  # with the sound

    @property
    def short_side(self) -> int:
        """What players and people call its size: 720 for 1280x720 and for 720x1280."""
        return min(self.width, self.height)


@dataclass(frozen=True)
class Captions:
    language: str
    label: str
    url: str


@dataclass(frozen=True)
class Playback:
    """Empty addresses mean: not there (yet). `is_ready` says whether anything plays."""

    clip_id: int
    duration_ms: int
    playlist_url: str = ""
    download_url: str = ""
    download_bytes: int = 0
    poster_url: str = ""
    storyboard_url: str = ""
    captions: tuple[Captions, ...] = ()
    renditions: tuple[Rendition, ...] = ()  # the largest first
    speeds: tuple[tuple[str, str], ...] = SPEEDS

    @property
    def is_ready(self) -> bool:
        return bool(self.playlist_url or self.download_url)

    @property
    def width(self) -> int:
        return self.renditions[0].width if self.renditions else 16

    @property
    def height(self) -> int:
        return self.renditions[0].height if self.renditions else 9

    @property
    def is_tall(self) -> bool:
        return self.height > self.width


def playback_of(clip: ClipPage) -> Playback:
    asset = clip.asset
    if asset is None or asset.package is None:
        return Playback(clip_id=clip.pk, duration_ms=asset.duration_ms if asset else 0)
    manifest = asset.package.manifest
    return Playback(
        clip_id=clip.pk,
        duration_ms=asset.duration_ms,
        playlist_url=asset.playlist_url,
        download_url=asset.download_url,
        download_bytes=(manifest.get("download") or {}).get("bytes", 0),
        poster_url=poster_of(clip, asset),
        storyboard_url=asset.storyboard_url,
        captions=tuple(map(captions_file, clip.captions.all())),
        renditions=_renditions(manifest),
    )


def poster_of(clip: ClipPage, asset: Asset) -> str:
    """The poster that was chosen; the first one when the choice is no longer there."""
    posters = asset.poster_urls
    if not posters:
        return ""
    return posters[clip.poster_choice if clip.poster_choice < len(posters) else 0]


def captions_file(track: CaptionTrack) -> Captions:
    """The address changes with the words, so that no cache keeps an old version."""
    return Captions(
        language=track.language,
        label=track.get_language_display(),
        url=reverse(
            "catalogue:captions", args=[track.clip_id, track.pk, captions_hash(track)]
        ),
    )


def captions_hash(track: CaptionTrack) -> str:
    return hashlib.sha256(track.vtt.encode()).hexdigest()[:12]


def _renditions(manifest: dict[str, Any]) -> tuple[Rendition, ...]:
    sound = (manifest.get("audio") or {}).get("bytes", 0)
    renditions = [
        Rendition(
            name=entry["name"],
            width=entry["width"],
            height=entry["height"],
            bytes=entry["bytes"] + sound,
        )
        for entry in manifest.get("renditions", [])
    ]
    return tuple(sorted(renditions, key=lambda each: -each.width * each.height))
