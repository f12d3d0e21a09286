"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from library.catalogue import packages, transcripts, views
from library.catalogue.api import views as api
from library.catalogue.watched import watched

app_name = "catalogue"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim-kiem/", views.search, name="search"),
    path("tim-kiem/nghia/", transcripts.meanings, name="meanings"),
    path("mon-hoc/", views.subjects, name="subjects"),
    path("mon-hoc/<slug:code>/", views.subject, name="subject"),
    path("lop/", views.grades, name="grades"),
    path("lop/<slug:code>/", views.grade, name="grade"),
    path("ky-nang/", views.skills, name="skills"),
    path("ky-nang/<slug:code>/", views.skill, name="skill"),
    path("don-vi/", views.units, name="units"),
    path("don-vi/<slug:code>/", views.unit, name="unit"),
    path("chuyen-de/", views.series_list, name="series_list"),
    path("chuyen-de/<slug:slug>-<int:series_id>/", views.series, name="series"),
    path("clip/<int:clip_id>/da-xem/", watched, name="watched"),
    path("clip/<int:clip_id>/qr.svg", views.qr, name="qr"),
    path(
        "clip/<int:clip_id>/phu-de-<int:track_id>-<slug:version>.vtt",
        views.captions,
        name="captions",
    ),
    path("clip/<slug:slug>-<int:clip_id>/", views.clip, name="clip"),
    path("api/", api.guide, name="api_guide"),
    path("api/v1/openapi.json", api.description, name="api_description"),
    path("api/v1/search", api.search, name="api_search"),
    path("api/v1/suggest", api.suggest, name="api_suggest"),
    path("packages/<path:key>", packages.package_file, name="package"),
]
