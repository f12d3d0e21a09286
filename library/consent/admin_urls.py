"""Addresses of the queue of reported problems, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.consent import views

app_name = "problems"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:problem_id>/", views.problem, name="problem"),
    path("<int:problem_id>/done/", views.done, name="done"),
    path("<int:problem_id>/withdraw/", views.withdraw_for, name="withdraw"),
]
