"""A clip before it is live: how it begins, gets its video, and takes in its details."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Revision

from library.clips.models import ClipPage, Credit, Series
from library.clips.titles import nfc, slug_of, title_from
from library.units.models import UnitPage
from media_pipeline.models import Asset

WORDS = ("title", "description", "kind", "subject", "licence", "consent")
ORDER = ("series", "series_order", "poster_choice")
SETS = ("grades", "skills")
PEOPLE = {"speakers": Credit.Part.SPEAKER, "makers": Credit.Part.MAKER}


class LockedError(PermissionDenied):
    """The clip is under review: its details wait until the reviewer has answered."""


@transaction.atomic
def create(unit: UnitPage, owner: User, file_name: str) -> ClipPage:
    """A draft named after its file. The unit is read anew: a stale one has stale children."""
    clip = ClipPage(title=title_from(file_name), owner=owner)
    UnitPage.objects.select_for_update().get(pk=unit.pk).add_child(instance=clip)
    clip.save_revision(user=owner, log_action="wagtail.create", clean=False)
    return clip


@transaction.atomic
def attach(clip: ClipPage, asset: Asset) -> Asset | None:
    """The row alone is written: a page edited meanwhile keeps its edits.

    What it had before is nobody's now, and the caller's to do away with.
    """
    before = ClipPage.objects.select_for_update().get(pk=clip.pk).asset
    ClipPage.objects.filter(pk=clip.pk).update(asset=asset)
    clip.asset = asset
    return before


def is_settled(clip: ClipPage) -> bool:
    """Public or under review: its video is what was, or is being, decided about."""
    return clip.live or clip.workflow_in_progress


def takes_video(clip: ClipPage, user: User) -> bool:
    """Another file for the same draft: nothing is lost, and nobody has decided on it."""
    return clip.needs_video and not is_settled(clip) and not is_locked_for(clip, user)


def latest(clip: ClipPage) -> ClipPage:
    """The clip as its people last left it; a live clip may be ahead of what is public.

    Read anew: the row in hand may be older than the last save.
    """
    row = ClipPage.objects.get(pk=clip.pk)
    draft: ClipPage = row.get_latest_revision_as_object()
    return draft


def is_locked_for(clip: ClipPage, user: User) -> bool:
    lock = clip.get_lock()
    return bool(lock and lock.for_user(user))


@transaction.atomic
def save_details(
    clip: ClipPage, user: User, details: Mapping[str, Any], *, quietly: bool = False
) -> ClipPage:
    """Writes the details that are named; the others stay.

    Names: the fields of `WORDS` and `ORDER`; `grades` and `skills` as lists of rows;
    `speakers` and `makers` as lists of names; `new_series` as the title of one to be
    made or found. `quietly` is for what saves by itself: half a title makes no series.
    """
    draft = latest(clip)
    _refuse_when_locked(draft, user)
    for name in (*WORDS, *ORDER, *SETS):
        if name in details:
            setattr(draft, name, details[name])
    draft.title = nfc(draft.title)
    if not quietly and (new := series_in(draft.unit, details.get("new_series", ""))):
        draft.series = new
    if named := PEOPLE.keys() & details.keys():
        draft.credits = _credits(draft, {name: details[name] for name in named})
    save(draft, user, quietly=quietly)
    return draft


def save(draft: ClipPage, user: User, *, quietly: bool = False) -> Revision:
    """As Wagtail's editor saves: the row of a clip that is not live goes along.

    What saves by itself every few seconds writes over its own last revision, as
    Wagtail's autosave does, unless somebody has looked at that one.
    """
    _refuse_when_locked(draft, user)
    if not draft.live:
        draft.save()
    over = _own_last(draft, user) if quietly else None
    return draft.save_revision(
        user=user, log_action=not quietly, clean=False, overwrite_revision=over
    )


def _refuse_when_locked(draft: ClipPage, user: User) -> None:
    if is_locked_for(draft, user):
        raise LockedError


def _own_last(draft: ClipPage, user: User) -> Revision | None:
    own = draft.revisions.filter(
        pk=draft.latest_revision_id, user=user, task_states=None
    )
    last: Revision | None = own.exclude(pk=draft.live_revision_id).first()
    return last


def series_in(unit: UnitPage, title: str) -> Series | None:
    """The unit's series of that name, made when it is new; nothing for an empty name."""
    title = nfc(title)[:200]
    if not title:
        return None
    series, _ = Series.objects.get_or_create(
        unit=unit, title=title, defaults={"slug": slug_of(title)}
    )
    return series


def is_discardable(clip: ClipPage) -> bool:
    """Never public and not under review: nothing that was counted or decided is lost."""
    return clip.first_published_at is None and not clip.workflow_in_progress


def _credits(draft: ClipPage, named: Mapping[str, Iterable[str]]) -> list[Credit]:
    """Those of the parts that are not named stay; each name once."""
    parts = {PEOPLE[name] for name in named}
    kept = [credit for credit in draft.credits.all() if credit.part not in parts]
    new = [
        Credit(part=PEOPLE[name], name=person)
        for name in PEOPLE
        for person in dict.fromkeys(nfc(one)[:120] for one in named.get(name, ()))
        if person
    ]
    credits_ = kept + new
    for place, credit in enumerate(credits_):
        credit.sort_order = place
    return credits_
