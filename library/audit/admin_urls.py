"""Addresses of the log of acts, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.audit.views import LogView

app_name = "audit"
urlpatterns = [
    path("", LogView.as_view(), name="report"),
    path("results/", LogView.as_view(results_only=True), name="report_results"),
]
