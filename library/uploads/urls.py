"""Addresses of the contributor's pages and of the resumable upload."""

from __future__ import annotations

from django.urls import path

from library.uploads import views

app_name = "uploads"
urlpatterns = [
    path("", views.my_clips, name="my_clips"),
    path("tai-len/", views.new, name="new"),
    path("tai-len/dang-do/", views.unfinished, name="unfinished"),
    path("clip/<int:clip_id>/", views.clip, name="clip"),
    path("clip/<int:clip_id>/tinh-trang/", views.status, name="status"),
    path("clip/<int:clip_id>/thu-lai/", views.retry, name="retry"),
    path("clip/<int:clip_id>/phu-de/", views.captions, name="captions"),
    path(
        "clip/<int:clip_id>/phu-de/<slug:language>/xoa/",
        views.remove_captions,
        name="remove_captions",
    ),
    path("clip/<int:clip_id>/bo-tai-len/", views.give_up_upload, name="give_up"),
    path("clip/<int:clip_id>/xoa/", views.discard, name="discard"),
    path("tus/", views.tus_create, name="tus"),
    path("tus/<uuid:session_uuid>/", views.tus_upload, name="tus_upload"),
]
