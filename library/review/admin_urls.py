"""Addresses of the reviewer's pages, below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.review import views

app_name = "review"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:pk>/", views.clip, name="clip"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/<str:given>/", views.answer, name="answer"),
]
