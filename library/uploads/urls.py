"""Addresses of the contributor's pages and of the resumable upload."""

from __future__ import annotations

from django.urls import path

from library.uploads import views

app_name = "uploads"
urlpatterns = [
    path("tus/", views.tus_create, name="tus"),
    path("tus/<uuid:session_uuid>/", views.tus_upload, name="tus_upload"),
]
