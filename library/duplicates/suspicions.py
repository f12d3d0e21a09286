"""Which clips look like one, and what each person is shown of such a pair."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from library.clips.models import ClipPage
from library.clips.playback import Playback, playback_of
from library.duplicates import rulings
from library.duplicates.models import Pair, Ruling, Verdict
from library.units.models import UnitPage
from library.units.permissions import Person, Reach, Right, reach_of
from media_pipeline.likeness import digests, prints
from media_pipeline.likeness.matching import Likeness

SAME = Likeness(percent=100, shift_ms=0)


@dataclass(frozen=True)
class Side:
    """One of the two, as far as the person may know it; hidden, it has no words."""

    clip_id: int = 0
    title: str = ""
    units: tuple[str, ...] = ()
    clock: str = ""
    state: str = ""
    brought_at: datetime.datetime | None = None
    published_at: datetime.datetime | None = None
    playback: Playback | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Suspicion:
    """`clip` is the one that is looked at, `other` the one that it may be a copy of."""

    clip: ClipPage
    other: ClipPage
    pair: Pair
    shown: Side
    beside: Side
    ruling: Ruling | None
    sentence: str  # what was decided; "" while nothing is
    may_rule: bool

    @property
    def is_open(self) -> bool:
        return self.ruling is None


def look(clip: ClipPage) -> int:
    """Pairs the clip with all that are like it; safe to repeat. How many are new."""
    if clip.asset is None:
        return 0
    found = {match.asset_id: match.likeness for match in prints.alike(clip.asset)}
    if clip.asset.sha256:
        same = digests.same_bytes(clip.asset).exclude(pk=clip.asset.pk)
        found |= dict.fromkeys(same.values_list("pk", flat=True), SAME)
    others = ClipPage.objects.filter(asset__in=found).select_related("asset")
    return sum(_paired(clip, other, found[other.asset_id]) for other in others)


def _paired(clip: ClipPage, other: ClipPage, likeness: Likeness) -> bool:
    is_older = clip.pk < other.pk
    first, second = (clip, other) if is_older else (other, clip)
    _row, is_new = Pair.objects.get_or_create(
        first=first,
        second=second,
        defaults={
            "percent": likeness.percent,
            "shift_ms": likeness.shift_ms * (1 if is_older else -1),
            "same_file": likeness is SAME,
        },
    )
    return is_new


def of(clip: ClipPage, user: Person) -> list[Suspicion]:
    """The clip's pairs, the likeliest first."""
    rows = Pair.objects.filter(Q(first=clip) | Q(second=clip))
    reach = reach_of(user)
    return [
        _suspicion(pair, clip, reach, user)
        for pair in rows.select_related(
            "first__asset__package", "second__asset__package"
        )
    ]


def between(clip: ClipPage, other_id: int, user: Person) -> Suspicion | None:
    return next((one for one in of(clip, user) if one.other.pk == other_id), None)


def _suspicion(pair: Pair, clip: ClipPage, reach: Reach, user: Person) -> Suspicion:
    other = pair.second if pair.first_id == clip.pk else pair.first
    ruling = rulings.about(clip.pk, other.pk).last()
    beside = _side(other, reach)
    may_rule = (
        not beside.is_hidden
        and reach.may(Right.REVIEW_CLIPS, clip)
        and clip.owner_id != user.pk
    )
    return Suspicion(
        clip=clip,
        other=other,
        pair=pair,
        shown=_side(clip, reach),
        beside=beside,
        ruling=ruling,
        sentence="" if beside.is_hidden else _decided(ruling, clip),
        may_rule=may_rule,
    )


def _side(clip: ClipPage, reach: Reach) -> Side:
    if not (clip.live or reach.may(Right.SEE_DRAFTS, clip)):
        return Side(is_hidden=True)
    playback = playback_of(clip)
    minutes, seconds = divmod(playback.duration_ms // 1000, 60)
    units = UnitPage.objects.ancestor_of(clip).order_by("-depth")
    return Side(
        clip_id=clip.pk,
        title=clip.title if clip.live else clip.draft_title or clip.title,
        units=tuple(units.values_list("title", flat=True)[:2]),
        clock=f"{minutes}:{seconds:02}",
        state=_("public") if clip.live else _("draft"),
        brought_at=clip.asset.created_at if clip.asset else None,
        published_at=clip.first_published_at,
        playback=playback,
    )


def _decided(ruling: Ruling | None, clip: ClipPage) -> str:
    """As seen from the clip that is looked at."""
    if ruling is None:
        return ""
    if ruling.verdict == Verdict.DIFFERENT:
        return _("Decided: not a duplicate.")
    is_it = ruling.clip_number == clip.pk
    if ruling.verdict == Verdict.DUPLICATE:
        return (
            _("Decided: this clip is a duplicate of the other; it is not counted.")
            if is_it
            else _(
                "Decided: the other clip is a duplicate of this one; it is not counted."
            )
        )
    return (
        _("Decided: this clip is a new version of the other.")
        if is_it
        else _("Decided: the other clip is a new version of this one.")
    )
