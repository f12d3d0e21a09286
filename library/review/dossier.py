"""Everything a reviewer needs to see of one clip, and what they may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from library.clips import gate, vtt
from library.clips.encoding import Work, work_on
from library.clips.licences import LICENCES
from library.clips.models import ClipPage, Credit
from library.clips.playback import Playback, playback_of
from library.duplicates import suspicions
from library.duplicates.suspicions import Suspicion
from library.review import chain, claims, notes
from library.review.answers import Answer, Standing
from library.review.models import Note, Person, ReviewTaskState
from library.units.models import UnitPage
from library.units.permissions import Right, may


@dataclass(frozen=True)
class Detail:
    label: str
    value: str


@dataclass(frozen=True)
class Line:
    """One caption, with its place in the clip."""

    start_s: float
    clock: str
    text: str


@dataclass(frozen=True)
class Dossier:
    """`shown` is the version under review, which may be newer than what is public."""

    clip: ClipPage
    shown: ClipPage
    playback: Playback
    units: tuple[str, ...]
    details: tuple[Detail, ...]
    transcript: tuple[Line, ...]
    history: tuple[Answer, ...]
    standing: Standing
    step: ReviewTaskState | None
    obstacles: tuple[gate.Obstacle, ...]
    work: Work | None  # on picture sizes that are not there yet: one of the obstacles
    may_answer: bool
    may_approve: bool
    may_withdraw: bool
    may_note: bool
    notes: tuple[Note, ...]  # of reviewers to reviewers: nobody else is given any
    why_not: str  # why a person who sees this page cannot answer; "" when they can

    holder: User | None  # who claimed it
    may_claim: bool
    has_claim: bool  # the person who looks at it
    pairs: tuple[Suspicion, ...]  # what it may be a duplicate of

    @property
    def code(self) -> str:
        """What a page that asks again and again waits for: anything but `waits`."""
        if not self.may_answer:
            return "held" if self.holder else "answered"
        if self.may_approve:
            return "ready"
        return "waits" if self.work else "stopped"

    @property
    def news(self) -> str:
        """What has become of the waiting, in one sentence; "" while it goes on."""
        return {
            "held": claims.sentence(self.holder) if self.holder else "",
            "answered": _("This review has already been answered."),
            "ready": _("The whole video is there: you can approve it now."),
            "stopped": " ".join(str(one.sentence) for one in self.obstacles),
        }.get(self.code, "")


def dossier(clip: ClipPage, user: Person) -> Dossier | None:
    """Nothing for a person who may neither decide on the clip nor curate its unit."""
    step = chain.waiting_step(clip)
    decides = step is not None and step.task.specific.may(clip, user)
    withdraws = may(user, Right.WITHDRAW_CLIPS, clip)
    if not (decides or withdraws or may(user, Right.REVIEW_CLIPS, clip)):
        return None
    holder = claims.holder_of(step) if step else None
    is_held = holder is not None and holder != user
    shown = step.revision.as_object() if step else clip.get_latest_revision_as_object()
    obstacles = gate.approval_obstacles(shown)
    standing = chain.standing(clip)
    return Dossier(
        clip=clip,
        shown=shown,
        playback=playback_of(shown),
        units=units_above(clip),
        details=tuple(details(shown)),
        transcript=tuple(transcript(shown)),
        history=tuple(chain.history(clip)),
        standing=standing,
        step=step,
        obstacles=obstacles,
        work=_unfinished(shown),
        may_answer=decides and not is_held,
        may_approve=decides and not is_held and not obstacles,
        may_withdraw=withdraws and clip.live,
        may_note=notes.may_read(clip, user),
        notes=tuple(notes.of(clip, user)),
        why_not="" if decides or step is None else _why_not(step, standing, user),
        may_claim=decides and not is_held,
        holder=holder,
        has_claim=holder is not None and holder == user,
        pairs=tuple(suspicions.of(clip, user)),
    )


def units_above(clip: ClipPage) -> tuple[str, ...]:
    """Names of the units from the top down to the clip's own."""
    rows = UnitPage.objects.ancestor_of(clip).order_by("depth")
    return tuple(rows.values_list("title", flat=True))


def details(clip: ClipPage) -> list[Detail]:
    """What stands on the clip, in the order in which a reviewer reads it; gaps are named."""
    licence = LICENCES.get(clip.licence)
    rows: list[tuple[str, str | Promise]] = [
        (_("Description"), clip.description),
        (_("Kind"), str(clip.kind or "")),
        (_("Subject"), str(clip.subject or "")),
        (_("Grades"), _joined(clip.grades.all())),
        (_("Skills"), _joined(clip.skills.all())),
        (_("Series"), str(clip.series or "")),
        (_("Speakers"), _joined(_people(clip, Credit.Part.SPEAKER))),
        (_("Makers"), _joined(_people(clip, Credit.Part.MAKER))),
        (_("Licence"), f"{licence.short}: {licence.meaning}" if licence else ""),
        (_("People in the picture"), clip.get_consent_display()),
    ]
    return [Detail(label, str(value) or "–") for label, value in rows]


def transcript(clip: ClipPage) -> list[Line]:
    """Of the Vietnamese captions, else of the first."""
    tracks = sorted(clip.captions.all(), key=lambda track: track.language != "vi")
    if not tracks:
        return []
    return [
        Line(cue.start_ms / 1000, _clock(cue.start_ms), cue.text)
        for cue in vtt.cues_of(tracks[0].vtt.encode())
    ]


def _unfinished(clip: ClipPage) -> Work | None:
    asset = clip.asset
    if asset is None or asset.is_whole or asset.is_over:
        return None
    return work_on(asset)


def _why_not(step: ReviewTaskState, standing: Standing, user: Person) -> str:
    if user.pk in {step.clip.owner_id, step.workflow_state.requested_by_id}:
        return _("You submitted this clip, so somebody else decides on it.")
    return _("Waiting for an answer from: %(unit)s") % {"unit": standing.waits_for}


def _people(clip: ClipPage, part: str) -> list[Credit]:
    return [credit for credit in clip.credits.all() if credit.part == part]


def _joined(rows: Iterable[object]) -> str:
    return ", ".join(str(row) for row in rows)


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes}:{seconds:02}"
