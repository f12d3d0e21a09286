"""Addresses of the public site whose names belong to no room: signing in, robots, health."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail.views import authenticate_with_password

from library.catalogue import views
from library.catalogue.sign_in import SignIn
from library.catalogue.sitemaps import SITEMAPS

urlpatterns = [
    path("dang-nhap/", SignIn.as_view(), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    # Wagtail's page privacy sends visitors to these two names.
    path(
        "_util/login/",
        RedirectView.as_view(pattern_name="login", query_string=True),
        name="wagtailcore_login",
    ),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("ngon-ngu/", set_language, name="set_language"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("suc-khoe/", views.health, name="health"),
]
