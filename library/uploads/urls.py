"""Addresses of the contributor's pages and of the resumable upload."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "uploads"
urlpatterns: list[URLPattern] = []
