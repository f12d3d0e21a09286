"""A clip of Lan's that waits for Minh."""

from __future__ import annotations

import pytest
from wagtail.models import Workflow

from library.clips.models import ClipPage
from library.review import chain, setup
from tests.cast import Cast
from tests.factories import playable_clip


@pytest.fixture
def workflow(cast: Cast) -> Workflow:
    return setup.ensure_workflow()


@pytest.fixture
def clip(cast: Cast, workflow: Workflow) -> ClipPage:
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    return clip
