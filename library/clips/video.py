"""How the video of a clip fares, for the people who run the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from library.clips.encoding import Work, work_on
from library.clips.gate import NO_VIDEO
from library.units.permissions import Right, reach_of
from media_pipeline import failures, reasons
from media_pipeline.states import State

if TYPE_CHECKING:
    from library.clips.models import ClipPage
    from library.units.permissions import Person, Reach
    from media_pipeline.models import Asset

TONES = {
    State.PLAYABLE: "good",
    State.REFUSED: "warn",
    State.FAILED: "bad",
    State.WITHHELD: "warn",
}


@dataclass(frozen=True)
class Video:
    """`state` and `sentence` are words; `reason` is the code that stands behind them.

    `log` is for operators alone: it names machines, paths and commands.
    """

    code: str
    state: str
    tone: str = "info"
    sentence: str = ""
    reason: str = ""
    log: str = ""
    percent: int | None = None
    work: str = ""
    may_retry: bool = False
    may_reencode: bool = False

    @property
    def moves(self) -> bool:
        return self.code == "queued" or self.percent is not None


def video_of(
    clip: ClipPage, user: Person, reach: Reach | None = None, work: Work | None = None
) -> Video:
    """With `reach` and `work` in hand it asks the database nothing."""
    asset = clip.asset
    if asset is None:
        return Video("missing", _("missing"), "warn", str(NO_VIDEO.sentence))
    if not asset.is_over:
        return _under_way(asset, work or work_on(asset))
    reach = reach or reach_of(user)
    return Video(
        code=asset.state,
        state=asset.get_state_display(),
        tone=TONES[State(asset.state)],
        sentence=_why(asset),
        reason=asset.reason,
        log=asset.detail if getattr(user, "is_superuser", False) else "",
        may_retry=asset.has_failed and reach.may(Right.RETRY_ENCODING, clip),
        may_reencode=asset.may_be_reencoded and reach.may(Right.RUN_ENCODING, clip),
    )


def _under_way(asset: Asset, work: Work) -> Video:
    if work.place is None:
        state = asset.get_state_display()
        return Video(asset.state, state, percent=work.percent, work=work.words)
    # After a killed worker something is done already, and stays so.
    return Video("queued", work.words, percent=work.percent or None)


def _why(asset: Asset) -> str:
    """Why it does not play; or, where an older version does, why there is no new one."""
    if asset.is_refused:
        return reasons.message(asset.reason)
    if asset.has_failed:
        return failures.message(asset.reason)
    if asset.detail:
        return _("Encoding it again did not succeed; the version before plays on.")
    return ""
