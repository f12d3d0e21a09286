"""The scheduler: what is due goes live, what is not ready waits and stops nobody."""

from __future__ import annotations

import datetime

from django.core.management import call_command
from django.utils import timezone

from library.clips.models import ClipPage
from tests.cast import Cast
from tests.library.clips import factories


def test_a_schedule_that_waits_does_not_stop_the_others(cast: Cast) -> None:
    waits, goes = (factories.ready(cast.school_a, cast.lan) for _ in range(2))
    factories.approve(goes)
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    for clip in (waits, goes):
        clip.revisions.update(approved_go_live_at=an_hour_ago)
    call_command("publish_scheduled")
    assert list(ClipPage.objects.live()) == [goes]
    assert waits.revisions.filter(approved_go_live_at=an_hour_ago).exists()


def test_a_dry_run_changes_nothing(cast: Cast) -> None:
    clip = factories.ready(cast.school_a, cast.lan)
    factories.approve(clip)
    clip.revisions.update(approved_go_live_at=timezone.now())
    call_command("publish_scheduled", "--dryrun")
    assert not ClipPage.objects.live().exists()


def test_what_has_expired_is_no_longer_public(cast: Cast) -> None:
    clip = factories.live(cast.school_a, cast.lan)
    clip.expire_at = timezone.now() - datetime.timedelta(hours=1)
    clip.save(update_fields=["expire_at"])
    call_command("publish_scheduled")
    assert not ClipPage.objects.live().exists()
