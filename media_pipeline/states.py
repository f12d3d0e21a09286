"""The states of an asset and the only way from one to the next: compare-and-swap."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media_pipeline import jobs

if TYPE_CHECKING:
    from media_pipeline.models import Asset

logger = logging.getLogger(__name__)


class State(models.TextChoices):
    RECEIVED = "received", _("received")  # the bytes are here
    PROBED = "probed", _("checked")  # it is a video we can use
    ENCODING = "encoding", _("encoding")
    WATCHABLE = "watchable", _("watchable")  # the first rung plays, more are coming
    PLAYABLE = "playable", _("playable")  # the package is whole
    REFUSED = "refused", _("refused")  # the file itself is at fault
    FAILED = "failed", _("failed")  # we are at fault; can be retried
    WITHHELD = "withheld", _("withheld")  # nothing is public, the original is kept


MOVES: Mapping[State, frozenset[State]] = {
    State.RECEIVED: frozenset(
        {State.PROBED, State.REFUSED, State.FAILED, State.WITHHELD}
    ),
    State.PROBED: frozenset(
        {State.ENCODING, State.REFUSED, State.FAILED, State.WITHHELD}
    ),
    State.ENCODING: frozenset(
        # A retried asset may keep its first rung and go straight to playable, and so
        # does one that is encoded again; it plays meanwhile.
        {
            State.WATCHABLE,
            State.PLAYABLE,
            State.REFUSED,
            State.FAILED,
            State.WITHHELD,
        }
    ),
    State.WATCHABLE: frozenset(
        {State.PLAYABLE, State.REFUSED, State.FAILED, State.WITHHELD}
    ),
    State.PLAYABLE: frozenset({State.ENCODING, State.WITHHELD}),
    State.REFUSED: frozenset(),  # nothing of it is public
    State.FAILED: frozenset({State.RECEIVED, State.WITHHELD}),
    State.WITHHELD: frozenset({State.RECEIVED}),
}
# Nothing happens from here unless a person asks for it.
OVER = frozenset({State.PLAYABLE, State.REFUSED, State.FAILED, State.WITHHELD})


class ImpossibleMoveError(Exception):
    """Not in MOVES: a mistake in the program, never a matter of timing."""

    permanent = True


def choices() -> list[tuple[str, Any]]:
    """A callable, so that a new state makes no migration."""
    return State.choices


@transaction.atomic
def move(asset: Asset, to: State, **fields: Any) -> bool:
    """Go from the state in hand to `to`, writing `fields` with it.

    False: another was quicker, nothing was written; refresh and look again.

    The news of it (`signals.asset_moved`) goes by a job row that commits with the move,
    not by a call from here: a receiver that fails can then neither undo the move nor
    miss it, not even when the process dies in between; it is told again.
    """
    if to not in MOVES[State(asset.state)]:
        raise ImpossibleMoveError(f"asset {asset.pk}: {asset.state} to {to}")
    written = {**fields, "state": to, "updated_at": timezone.now()}
    mine = type(asset).objects.filter(pk=asset.pk, state=asset.state)
    if mine.update(**written) != 1:
        return False
    logger.info("asset=%s %s -> %s", asset.pk, asset.state, to)
    for name, value in written.items():
        setattr(asset, name, value)
    tell(asset)
    return True


def tell(asset: Asset) -> None:
    """Have `signals.asset_moved` sent after this commits."""
    jobs.request(
        asset.news_key,
        kind="asset_moved",
        spec={"asset": asset.pk},
        max_attempts=20,
    )
