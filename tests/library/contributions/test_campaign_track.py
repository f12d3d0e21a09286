"""The way to a target, drawn and said."""

from __future__ import annotations

import datetime

from django.utils import translation

from library.contributions.campaign_track import track_of
from library.contributions.goals import Progress, State
from library.contributions.models import Campaign


def test_the_drawing_and_its_words_say_the_same() -> None:
    campaign = Campaign(
        name="Đợt",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2026, 1, 10),
    )
    done = Progress(1200, 300, State.BEHIND)
    with translation.override("vi"):
        track = track_of(campaign, done, datetime.date(2026, 1, 5))
    assert (track.filled, track.due, track.tone) == (100.0, 200.0, "behind")
    assert track.words == (
        "300 trên 1.200 clip đến ngày 10/01/2026; đã qua 50 % thời gian (vạch đứng)."
    )
