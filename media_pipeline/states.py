"""The states of an asset and the only way from one to the next: compare-and-swap."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVED = "received", _("received")  # the bytes are here
    PROBED = "probed", _("checked")  # it is a video we can use
    ENCODING = "encoding", _("encoding")
    WATCHABLE = "watchable", _("watchable")  # the first rung plays, more are coming
    PLAYABLE = "playable", _("playable")  # the package is whole
    REFUSED = "refused", _("refused")  # the file itself is at fault
    FAILED = "failed", _("failed")  # we are at fault; can be retried


def choices() -> list[tuple[str, str]]:
    """A callable, so that a new state makes no migration."""
    return State.choices
