"""Said before a byte is sent: this very file is in the library already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from library.clips.models import ClipPage
from media_pipeline.likeness import digests

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import User
    from django.db.models import QuerySet

    from media_pipeline.models import Asset

A_MINUTE = 60  # questions of one person
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Told:
    """`wants`: a further hash before it can be said; `url` where the person may go."""

    known: bool = False
    wants: str = ""
    sentence: str = ""
    url: str = ""


def is_asking_too_often(user: User) -> bool:
    key = f"same-bytes/{user.pk}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > A_MINUTE
    except ValueError:  # it ran out between the two lines
        return False


def looked_up(user: User, asked: Mapping[str, str]) -> Told:
    """What a browser says of a file is only looked up, never kept or believed."""
    size = asked.get("size", "")
    hashes = {
        name: asked[name]
        for name in ("sha256", "edges", "blocks")
        if HASH.fullmatch(asked.get(name, ""))
    }
    if not (size.isascii() and size.isdigit() and len(size) < 16):
        return Told()
    found = _assets(int(size), hashes)
    if found is None or not found.exists():
        return Told()
    if "sha256" not in hashes and "blocks" not in hashes:
        return Told(wants="blocks")
    return _told(user, found)


def _assets(size: int, hashes: Mapping[str, str]) -> QuerySet[Asset] | None:
    if "sha256" in hashes:
        return digests.small(size, hashes["sha256"])
    if "edges" in hashes:
        return digests.large(size, hashes["edges"], hashes.get("blocks", ""))
    return None


def _told(user: User, found: QuerySet[Asset]) -> Told:
    clips = ClipPage.objects.filter(asset__in=found).order_by("-live", "pk")
    if not clips.exists():  # a file on its way out
        return Told()
    theirs = ClipPage.objects.visible_to(user).values("pk")
    clip = clips.filter(Q(owner=user) | Q(pk__in=theirs)).first()
    if clip is None:
        return Told(
            known=True,
            sentence=_(
                "This very file is in the library already, in a clip that you may not "
                "see. It will not be counted twice."
            ),
        )
    sentence = _(
        "This very file is in the library already: “%(title)s”. It will not be counted "
        "twice."
    )
    title = clip.title if clip.live else clip.draft_title or clip.title
    return Told(known=True, sentence=sentence % {"title": title}, url=_url(clip, user))


def _url(clip: ClipPage, user: User) -> str:
    if clip.live:
        return reverse("catalogue:clip", args=[clip.slug, clip.pk])
    if ClipPage.objects.changeable_by(user).filter(pk=clip.pk).exists():
        return reverse("uploads:clip", args=[clip.pk])
    return ""
