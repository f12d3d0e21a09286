"""Addresses of an invitation on the public site."""

from __future__ import annotations

from django.urls import path

from library.invitations import views

app_name = "invitations"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("nhan/", views.accept, name="accept"),
    path("tai-khoan/", views.account, name="account"),
    path("<str:invitation_code>/", views.open_by_address, name="open"),
]
