"""Addresses of what everybody may see of contributions."""

from __future__ import annotations

from django.urls import path

from library.contributions import public

app_name = "contributions"
urlpatterns = [path("", public.progress, name="progress")]
