"""The panel of Wagtail's editor that tells how the clip's video fares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from library.clips.video import video_of


class VideoPanel(Panel):
    """Goes on by itself while the video is encoded; holds no field of the form."""

    @property
    def clean_name(self) -> str:
        return "video"

    class BoundPanel(Panel.BoundPanel):
        template_name = "clips/video_panel.html"

        def get_context_data(
            self, parent_context: Mapping[str, Any] | None = None
        ) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            clip = self.instance
            return context | {
                "clip": clip,
                "video": video_of(clip, self.request.user),
                "status_url": reverse("encoding:status", args=[clip.pk]),
            }
