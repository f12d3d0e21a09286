"""Addresses at which our pages of promoted results stand in for Wagtail's."""

from __future__ import annotations

from django.urls import path

from library.sought.promotion_views import EditPromotion, Promote, Promotions

urlpatterns = [
    path("", Promotions.as_view()),
    path("results/", Promotions.as_view(results_only=True)),
    path("add/", Promote.as_view()),
    path("<int:query_id>/", EditPromotion.as_view()),
]
