"""Addresses of invitations below Wagtail's admin."""

from __future__ import annotations

from django.urls import path

from library.invitations import admin_views as views

app_name = "unit_invitations"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("slips/", views.slips, name="slips"),
    path("<int:invitation_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:invitation_id>/send/", views.send_again, name="send_again"),
]
