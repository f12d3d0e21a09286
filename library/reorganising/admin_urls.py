"""Addresses of the admin pages of reorganisations."""

from __future__ import annotations

from django.urls import path

from library.reorganising import views

app_name = "reorganising"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("template/", views.template, name="template"),
    path("<int:plan_id>/", views.plan, name="plan"),
    path("<int:plan_id>/edit/", views.edit, name="edit"),
    path("<int:plan_id>/apply/", views.apply, name="apply"),
    path("<int:plan_id>/undo/", views.undo, name="undo"),
    path("<int:plan_id>/recall/", views.recall, name="recall"),
    path("<int:plan_id>/delete/", views.delete, name="delete"),
]
