"""Admin addresses answered before Wagtail's own, so that no foreign draft is named."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
