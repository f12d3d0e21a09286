"""No addresses: every request is answered with 404."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
