"""Addresses of what contributors are told about duplicates."""

from __future__ import annotations

from django.urls import path

from library.duplicates import views

app_name = "duplicates"
urlpatterns = [path("da-co/", views.known, name="known")]
