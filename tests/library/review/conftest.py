"""A clip of Lan's that waits for Minh."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from wagtail.models import Workflow

from library.clips.models import ClipPage
from library.review import chain, setup
from library.units.models import UnitPage
from tests.cast import Cast
from tests.factories import playable_clip
from tests.snapshots import Remembered

remembered_workflow = Remembered(setup.ensure_workflow)


@pytest.fixture
def workflow(cast: Cast) -> Workflow:
    return remembered_workflow()


def waiting(title: str = "Phương trình bậc hai") -> ClipPage:
    """In the cast's school A, whoever else is on the stage."""
    lan = User.objects.get(username="lan")
    clip = playable_clip(UnitPage.objects.get(code="thpt-dong-xoai"), lan, title)
    chain.submit(clip, lan)
    return clip


remembered_clip = Remembered(waiting)


@pytest.fixture
def clip(cast: Cast, workflow: Workflow) -> ClipPage:
    return remembered_clip()
