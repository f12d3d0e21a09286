"""Where a clip stands, in words for its people: what happens now and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from library.clips import encoding, gate
from library.clips.models import ClipPage
from media_pipeline.states import State

if TYPE_CHECKING:
    from media_pipeline.models import Asset


@dataclass(frozen=True)
class Stage:
    """`tone` as the notice component has it: info, good, warn, bad.

    `percent` only while something moves by itself, with `work` saying what and how
    long; `words` are a reviewer's own. `may_retry`: we failed, see `steps.retry()`.
    """

    code: str
    sentence: str
    next_step: str = ""
    tone: str = "info"
    percent: int | None = None
    work: str = ""
    words: str = ""
    may_retry: bool = False

    @property
    def moves(self) -> bool:
        """It will change without anybody doing anything: worth asking again."""
        waits = {"uploading", "queued", "checking", "encoding"}
        return self.code in waits or self.percent is not None

    @property
    def lacks_video(self) -> bool:
        """Nothing goes on until its people choose a file."""
        return self.code in {"empty", "refused", "failed"}

    @property
    def may_submit(self) -> bool:
        """A review could still end well; where the video never plays it waits for ever."""
        never = {"empty", "refused", "failed", "withheld", "in_review", "rejected"}
        return self.code not in never


def stage_of(clip: ClipPage) -> Stage:
    if clip.needs_video:
        if (coming := clip.uploads.open().first()) is not None:
            return _uploading(coming.file_name, coming.percent)
        # Its last byte may have come between the look at the row and that at uploads.
        clip.refresh_from_db(fields=["asset"])
    if clip.asset is None:
        return _empty()
    if clip.asset.is_refused or (clip.asset.has_failed and not clip.asset.is_playable):
        return _given_up(clip.asset)
    if clip.asset.is_withheld:
        return _withheld()
    if (workflow := clip.workflow_states.order_by("-created_at", "-pk").first()) and (
        stage := _of_review(clip, workflow)
    ):
        return _beside(stage, clip.asset)
    if not clip.asset.is_playable:
        return _on_its_way(clip, clip.asset)
    return _beside(_public(clip) or _draft(clip), clip.asset)


def _empty() -> Stage:
    return Stage(
        "empty",
        _("No video has been uploaded for this clip."),
        _("Upload the video again, or delete this draft."),
        "warn",
    )


def _uploading(file_name: str, percent: int) -> Stage:
    return Stage(
        "uploading",
        _("%(file)s is not uploaded completely") % {"file": file_name},
        _(
            "If the upload has stopped, choose the same file again: it goes on from there."
        ),
        "warn",
        percent,
    )


def _given_up(asset: Asset) -> Stage:
    if asset.is_refused:
        return Stage("refused", _("The video cannot be used."), asset.message, "bad")
    sentence = _("The video could not be prepared.")
    return Stage("failed", sentence, asset.message, "bad", may_retry=True)


def _withheld() -> Stage:
    return Stage(
        "withheld",
        _("Consent was withdrawn: nothing of the video is public any more."),
        _("When it has been given anew, say so on the page about consent."),
        "warn",
    )


def _on_its_way(clip: ClipPage, asset: Asset) -> Stage:
    next_step = _("Fill in the details meanwhile. You may close this page.")
    if clip.uploads.exclude(submit_by=None).exists():
        next_step = _("It will be submitted for review as soon as it plays.")
    work = encoding.work_on(asset)
    if asset.state == State.RECEIVED and work.place:
        sentence = _("The video has arrived: %(when)s.") % {"when": work.words}
        return Stage("queued", sentence, next_step)
    if asset.state in {State.RECEIVED, State.PROBED}:
        sentence = _("The video has arrived and is being checked.")
        return Stage("checking", sentence, next_step)
    return Stage(
        "encoding",
        _("The video is being encoded."),
        next_step,
        percent=work.percent,
        work=work.words,
    )


def _beside(stage: Stage, asset: Asset) -> Stage:
    """It plays, and yet the engine is at work on it, or has failed at the rest."""
    if asset.has_failed:
        next_step = " ".join(filter(None, (stage.next_step, asset.message)))
        return replace(stage, tone="warn", next_step=next_step, may_retry=True)
    if asset.is_over:
        return stage
    what = (
        _("A new version of the video is being encoded")
        if asset.is_whole
        else _("Larger picture sizes are being encoded")
    )
    work = encoding.work_on(asset)
    words = ", ".join(filter(None, (what, work.words)))
    return replace(stage, percent=work.percent, work=words)


def _of_review(clip: ClipPage, workflow: WorkflowState) -> Stage | None:
    if workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        return Stage(
            "in_review",
            _("Submitted: a curator will watch it and answer."),
            _("There is nothing to do for you now. You will get a mail."),
        )
    if workflow.status == WorkflowState.STATUS_APPROVED and not clip.live:
        last = clip.withdrawals.first()
        return Stage(
            "withdrawn",
            _("The clip was published and has been withdrawn."),
            _("Mend what was wrong, then submit it for review again."),
            "warn",
            words=last.why if last else "",
        )
    return _answered(clip, workflow)


def _answered(clip: ClipPage, workflow: WorkflowState) -> Stage | None:
    """The reason and the words are the review's; it offers them by `get_comment()`."""
    said = workflow.task_states.filter(status=TaskState.STATUS_REJECTED)
    if (last := said.order_by("-finished_at").first()) is None:
        return None
    answer: Any = last.specific
    if workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return Stage(
            "changes",
            _("The curator asks for changes."),
            _("Change what the curator names, then submit the clip again."),
            "warn",
            words=answer.get_comment(),
        )
    if getattr(answer, "is_final", False) and not clip.live:
        words = answer.get_comment()
        return Stage("rejected", _("The clip was rejected."), "", "bad", words=words)
    return None


def _public(clip: ClipPage) -> Stage | None:
    if not clip.live:
        return None
    if clip.has_unpublished_changes:
        return Stage(
            "live_ahead",
            _("Published. Your later changes are not public yet."),
            _("Submit the clip again to have the changes reviewed."),
            "good",
        )
    return Stage("live", _("Published: everybody can watch it."), tone="good")


def _draft(clip: ClipPage) -> Stage:
    missing = gate.details_missing(clip)
    if missing:
        return Stage(
            "draft",
            _("The video plays. The details are not complete."),
            " ".join(str(one.sentence) for one in missing),
            "warn",
        )
    return Stage(
        "ready",
        _("The video plays and the details are complete."),
        _("Submit it for review."),
    )
