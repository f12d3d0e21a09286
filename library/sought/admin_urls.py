"""Addresses of the report of what was sought in vain, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.sought import views
from library.sought.views import SoughtReport

app_name = "sought"
urlpatterns = [
    path("", SoughtReport.as_view(), name="report"),
    path("results/", SoughtReport.as_view(results_only=True), name="report_results"),
    path("<int:question_id>/done/", views.done, name="done"),
    path("<int:question_id>/ignore/", views.ignore, name="ignore"),
    path("<int:question_id>/reopen/", views.reopen, name="reopen"),
]
