"""How an encoding fares, in the words that every page uses: percent, time left, place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from media_pipeline.models import Asset


@dataclass(frozen=True)
class Work:
    """What goes on by itself: how far it is, and when it will be done or begun."""

    percent: int
    words: str
    place: int | None = None  # in the queue, 1 is next; None while somebody works on it


def work_on(asset: Asset) -> Work:
    """Of an asset that is not over."""
    place = asset.place
    when = time_left(asset.seconds_left) if place is None else place_in_queue(place)
    return Work(percent_of(asset.progress), when, place)


def percent_of(fraction: float) -> int:
    """Rounded down: 100 is said when it is true."""
    return math.floor(fraction * 100)


def place_in_queue(place: int) -> str:
    if place == 1:
        return _("waiting (next in the queue)")
    return _("waiting (number %(place)s in the queue)") % {"place": place}


def time_left(seconds: int | None) -> str:
    """Rounded up; empty while nobody can tell."""
    if seconds is None:
        return ""
    if seconds < 60:
        return _("less than a minute left")
    minutes = math.ceil(seconds / 60)
    if minutes < 100:
        words = ngettext(
            "about %(count)s minute left", "about %(count)s minutes left", minutes
        )
        return words % {"count": minutes}
    hours = math.ceil(minutes / 60)
    words = ngettext("about %(count)s hour left", "about %(count)s hours left", hours)
    return words % {"count": hours}
