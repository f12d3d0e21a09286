"""`load_demo`: what the loader does, behind a progress bar on stderr."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from library.clips.models import ClipPage

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]


def test_it_makes_the_clips_that_were_asked_for(local_storages: Path) -> None:
    out, err = StringIO(), StringIO()
    call_command("load_demo", "--clips", "2", stdout=out, stderr=err)
    assert ClipPage.objects.live().count() == 2
    assert "6/6" in err.getvalue()
    assert out.getvalue() == ""
