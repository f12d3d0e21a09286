"""The way of a clip, from top to bottom, one short function a stage.

upload → received → probed → encoded → playable → reviewed → published → indexed → counted

Nothing of this hides in a `save()`, a view or a chain of signals: views, receivers
(`library/handlers.py`) and commands call the functions below and nothing calls around
them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from library import indexing
from library.clips import drafts, gate
from library.clips.models import ClipPage
from library.consent import answering, cases, people, problems
from library.consent.models import Problem, Reason
from library.contributions import ledger
from library.duplicates import deciding, suspicions
from library.encoding import redo
from library.review import chain, inbox, notices, small_changes, withdrawal
from library.units.models import UnitPage
from library.units.permissions import Right, may
from library.uploads import imports, sessions
from library.viewing import counting
from media_pipeline import steps, withholding
from media_pipeline.discard import discard
from media_pipeline.likeness import digests, prints
from search import index

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from library.duplicates.models import Verdict
    from library.duplicates.suspicions import Suspicion
    from library.uploads.manifest import Entry
    from library.uploads.models import UploadSession
    from media_pipeline.models import Asset


@transaction.atomic
def upload_started(
    user: User, unit: UnitPage, file_name: str, size: int
) -> UploadSession:
    """A draft to write details into while the bytes come."""
    clip = drafts.create(unit=unit, owner=user, file_name=file_name)
    return sessions.start(user, clip, file_name, size)


@transaction.atomic
def another_upload_started(
    user: User, clip: ClipPage, file_name: str, size: int
) -> UploadSession:
    """For a draft whose video was refused, failed or never came; its details stay."""
    sessions.refuse_unless_wanted(user, clip)
    return sessions.start(user, clip, file_name, size)


def imported(entry: Entry, owner: User, *, publish_by: User | None = None) -> ClipPage:
    """The same beginning for a file that is on this machine already."""
    copy = imports.copied(entry.file)
    try:
        with transaction.atomic():
            session = upload_started(
                owner, entry.unit, entry.file.name, copy.stat().st_size
            )
            copy.replace(session.staging_path)
            draft = imports.describe(session.clip, entry, owner)
            if publish_by is not None:
                people.state_at_import(draft, publish_by)
            if publish_by is not None and not gate.details_missing(draft):
                imports.publish_when_playable(session, publish_by)
            received(session)
    finally:
        copy.unlink(missing_ok=True)
    return session.clip


def received(session: UploadSession) -> Asset:
    """The last byte is here: from now on the engine goes on by itself.

    A video whose place it takes goes, be a worker in the midst of it.
    """
    sessions.refuse_when_settled(session)
    with transaction.atomic():
        ClipPage.objects.select_for_update().filter(pk=session.clip_id).first()
        staged_as = sessions.finish(session)
        asset = steps.receive(staged_as, session.file_name, session.size)
        digests.request(asset)
        before = drafts.attach(session.clip, asset)
        if before is not None:
            imports.publish_no_more(session.clip)
            discard(before)
    return asset


def tried_again(clip: ClipPage, user: User) -> bool:
    """We failed, and somebody asks for another try: from its start, once more."""
    return redo.retry(clip, user)


def all_tried_again(user: User, reason: str = "") -> int:
    """Whatever failed (for one reason) where the person may; how many clips it were."""
    return redo.retry_all(user, reason)


def encoded_anew(clip: ClipPage, user: User) -> bool:
    """Beside the package that plays, which stays until the new one is whole."""
    return redo.reencode(clip, user)


def asset_moved(asset: Asset) -> None:
    """The engine's one signal: probed, watchable, playable, refused or failed."""
    clip = ClipPage.objects.filter(asset=asset).first()
    if clip is None or clip.has_open_upload:  # another file comes: it has its own news
        return
    compared(asset, clip)
    if asset.is_refused and clip.live:
        withdrawal.of_refused_video(clip, asset.message)
    elif asset.is_playable and clip.live:
        reindex(clip.pk)
    elif asset.is_whole and (superuser := imports.to_be_published_by(clip)):
        published_at_once(clip, superuser)
    elif asset.is_playable and (person := sessions.to_be_submitted_by(clip)):
        submitted_late(clip, person)


def compared(asset: Asset, clip: ClipPage) -> None:
    """Whole, it gets its fingerprint; with that, what is like it is put beside it."""
    if not asset.is_whole:
        return
    if prints.is_made(asset):
        suspicions.look(clip)
    else:
        prints.request(asset)


@transaction.atomic
def ruled(
    found: Suspicion, user: User, verdict: Verdict, words: str, seen: str
) -> None:
    """A reviewer said what two clips are to each other: the ledger follows."""
    deciding.decide(found, user, verdict, words, seen)
    for clip in (found.clip, found.other):
        ledger.settle(clip, _("Ruled to be a duplicate"))


def submitted(clip: ClipPage, user: User) -> bool:
    """To the curators of the nearest unit above; while it is encoded, as soon as it plays.

    A small change of a published clip needs no review: True when it is public already.
    """
    if not may(user, Right.SUBMIT_CLIPS, clip):
        raise PermissionDenied(_("Your role may not submit this clip for review."))
    if small_changes.publish(clip, user):
        return True
    if not gate.video_missing(clip):
        chain.submit(clip, user)
        sessions.submission_is_over(clip)
    else:
        sessions.submit_when_playable(clip, user)
        if clip.asset is not None:  # it may have begun to play just now
            clip.asset.refresh_from_db()
            asset_moved(clip.asset)
    return False


@transaction.atomic
def submitted_late(clip: ClipPage, user: User) -> None:
    """Unless its details were emptied meanwhile or the person may no longer do so.

    Then it stays a draft, and its page says what to do.
    """
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    sessions.submission_is_over(clip)
    is_free = not (clip.workflow_in_progress or gate.details_missing(clip))
    if is_free and may(user, Right.SUBMIT_CLIPS, clip):
        chain.submit(clip, user)


@transaction.atomic
def published_at_once(clip: ClipPage, superuser: User) -> None:
    """A superuser's import: the whole review by one person, on record as such.

    Where it was emptied or submitted by hand meanwhile, people decide as ever.
    """
    if not (clip.workflow_states.exists() or gate.details_missing(clip)):
        chain.submit(clip, superuser)
        chain.approve_at_every_step(clip, superuser)


def said_about(clip: ClipPage) -> list[chain.Answer]:
    """The thread of its reviews, all rounds, for the page of its contributor."""
    return chain.history(clip)


def published(clip: ClipPage) -> None:
    """The end of a review made it live: count it, let it be found.

    Unless consent was withdrawn in that very moment: the two could not see each other.
    """
    if clip.has_withdrawn_consent:
        withdrawal.of_withdrawn_consent(clip, None)
        return
    ledger.count(clip)
    index.release(clip.pk)
    reindex(clip.pk)


def withdrawn(clip: ClipPage) -> None:
    """No longer live: the ledger's row closes, the search forgets it."""
    ledger.uncount(clip, withdrawal.why_withdrawn(clip))
    index.withhold(clip.pk)
    reindex(clip.pk)


@transaction.atomic
def consent_withdrawn(
    clip: ClipPage, user: User, why: str, problem: Problem | None = None
) -> bool:
    """Nothing of it is public any more: neither page nor files, whatever was going on.

    False where it was withdrawn already; what a second one finds undone, it does.
    """
    is_new = cases.withdraw(clip, user, why, problem)
    clip = ClipPage.objects.get(pk=clip.pk)
    was_live = clip.live
    if was_live:
        withdrawal.of_withdrawn_consent(clip, user)
    imports.publish_no_more(clip)
    sessions.submission_is_over(clip)
    if clip.asset is not None:
        withholding.withhold(clip.asset)
    if is_new:
        notices.consent_withdrawn(clip, user, was_live=was_live)
    return is_new


@transaction.atomic
def consent_given_anew(clip: ClipPage, user: User, how: str) -> bool:
    """Its video is made anew; it is a draft, and goes public by a review alone."""
    if not cases.give_anew(clip, user, how):
        return False
    if (asset := ClipPage.objects.get(pk=clip.pk).asset) is not None:
        steps.release(asset)
    return True


@transaction.atomic
def problem_reported(clip: ClipPage, told: dict[str, str], sender: str) -> Problem:
    """By a visitor: those who may answer hear of it."""
    problem = problems.take(clip, told, sender)
    reason = Reason(problem.reason)
    notices.problem_reported(clip, reason.value, reason.label, problem.pk)
    return problem


@transaction.atomic
def problem_answered(problem: Problem, user: User, words: str) -> bool:
    """Answered by one, it waits for nobody; False where somebody was quicker."""
    is_first = answering.answer(problem, user, words)
    _settle_notices(problem.clip)
    return is_first


@transaction.atomic
def problem_done(problem: Problem, user: User) -> bool:
    """Nothing is left to do about it; False where that was so already."""
    is_first = answering.done(problem, user)
    _settle_notices(problem.clip)
    return is_first


def _settle_notices(clip: ClipPage) -> None:
    if not problems.wait(clip):
        inbox.done_with_problems(clip)


def deleted(clip: ClipPage) -> None:
    """Gone for good, after it was withdrawn if it was live: its video goes too."""
    if clip.asset is not None:
        discard(clip.asset)


def views_told() -> int:
    """The search learns by and by what is watched; how many clips were watched lately."""
    watched = counting.watched_since(timezone.localdate() - timedelta(days=1))
    for clip_id in watched:
        reindex(clip_id)
    return len(watched)


def opened_or_closed(page_id: int) -> None:
    """Somebody set or took away a privacy rule: the search finds what all may see."""
    if ClipPage.objects.filter(pk=page_id).exists():
        reindex(page_id)
    elif page := Page.objects.filter(pk=page_id).first():
        units = UnitPage.objects.descendant_of(page, inclusive=True)
        below = units.values_list("pk", flat=True)
        indexing.request_below(f"privacy/{page_id}", below)


def reindex(clip_id: int) -> None:
    """By a job row: a search that is down never stops a publishing and loses nothing."""
    indexing.request(clip_id)
