"""How far a campaign is for one unit, as a drawing with its words."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from library.contributions import charts
from library.contributions.goals import Progress
from library.contributions.models import Campaign
from library.contributions.tables import text_of


def track_of(
    campaign: Campaign, progress: Progress, as_of: datetime.date
) -> charts.Track:
    elapsed = campaign.elapsed(as_of)
    words = _(
        "%(toward)s of %(target)s clips by %(day)s; %(percent)d %% of the time is gone "
        "(the line)."
    ) % {
        "toward": text_of(progress.toward),
        "target": text_of(progress.target),
        "day": text_of(campaign.ends_on),
        "percent": round(100 * elapsed),
    }
    done = (progress.toward, progress.target)
    return charts.track(campaign.name, words, done, elapsed, str(progress.state))
