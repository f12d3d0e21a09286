"""Addresses of the admin pages of memberships."""

from __future__ import annotations

from django.urls import path

from library.units import views

app_name = "unit_members"
urlpatterns = [
    path("", views.index, name="index"),
    path("add/", views.add, name="add"),
    path("<int:membership_id>/dates/", views.dates, name="dates"),
    path("<int:membership_id>/end/", views.end, name="end"),
]
