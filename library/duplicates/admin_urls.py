"""Addresses of pairs of clips, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.duplicates import views

app_name = "pairs"
urlpatterns = [
    path("<int:page_id>/<int:other_id>/", views.compare, name="compare"),
]
