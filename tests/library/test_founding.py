"""A library is founded once, and stays as its people change it."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from wagtail.models import Page, Site, Workflow

from library.clips.models import Subject
from library.founding import found
from library.units.models import LibraryPage

pytestmark = pytest.mark.django_db


def test_the_library_becomes_the_sites_root() -> None:
    library = found()
    assert Site.objects.get(is_default_site=True).root_page.pk == library.pk
    assert list(Page.objects.filter(depth=2)) == [Page.objects.get(pk=library.pk)]


def test_founding_again_adds_nothing() -> None:
    found()
    counts = [model.objects.count() for model in (LibraryPage, Subject, Workflow, Page)]
    found()
    assert counts == [
        model.objects.count() for model in (LibraryPage, Subject, Workflow, Page)
    ]
    assert counts[0] == 1


def test_the_site_answers_at_its_public_address(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://thuvien.example.org"
    found()
    site = Site.objects.get(is_default_site=True)
    assert site.root_url == "https://thuvien.example.org"
