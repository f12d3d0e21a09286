"""Addresses of the encoding's pages, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.encoding import views
from library.encoding.views import EncodingReport

app_name = "encoding"
urlpatterns = [
    path("", EncodingReport.as_view(), name="report"),
    path("results/", EncodingReport.as_view(results_only=True), name="report_results"),
    path("now/", views.now, name="now"),
    path("retry/", views.retry_all, name="retry_all"),
    path("<int:clip_id>/", views.status, name="status"),
    path("<int:clip_id>/retry/", views.retry, name="retry"),
    path("<int:clip_id>/again/", views.reencode, name="reencode"),
]
