"""The editor's panel on the video holds no field, so that saving never touches it."""

from __future__ import annotations

from django.test import RequestFactory

from library.clips.models import ClipPage
from library.clips.panels import VideoPanel
from tests.cast import Cast
from tests.library.encoding.factories import running


def test_it_shows_the_video_and_has_no_field(cast: Cast) -> None:
    clip = running(cast.school_a, cast.lan, progress=0.5)
    request = RequestFactory().get("/")
    request.user = cast.an
    panel = VideoPanel(heading="Video").bind_to_model(ClipPage)
    assert panel.get_form_options() == {}
    bound = panel.get_bound_panel(instance=clip, request=request)
    html = bound.render_html({})
    assert "50 %" in html
    assert f"/admin/encoding/{clip.pk}/" in html
    assert "<form" not in html
