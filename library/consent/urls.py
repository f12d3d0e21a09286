"""Addresses on the public site: reporting a problem, and a clip's page about consent."""

from __future__ import annotations

from django.urls import path

from library.consent import reporting, views

app_name = "consent"
urlpatterns = [
    path("clip/<int:clip_id>/bao-loi/", reporting.report, name="report"),
    path("clip/<int:clip_id>/bao-loi/xong/", reporting.thanks, name="thanks"),
    path("dong-gop/clip/<int:clip_id>/dong-y/", views.clip, name="clip"),
    path("dong-gop/clip/<int:clip_id>/dong-y/them/", views.add_person, name="add"),
    path("dong-gop/nguoi/<int:person_id>/", views.person, name="person"),
    path("dong-gop/nguoi/<int:person_id>/giay/", views.paper, name="paper"),
    path("dong-gop/nguoi/<int:person_id>/bo/", views.remove, name="remove"),
    path("dong-gop/clip/<int:clip_id>/dong-y/rut/", views.withdraw, name="withdraw"),
    path("dong-gop/clip/<int:clip_id>/dong-y/lai/", views.give_anew, name="give_anew"),
]
