"""Receivers: whoever changes a unit, its history is written; who signs in is refreshed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from library.units import history, members
from library.units.models import UnitPage


def unit_saved(instance: UnitPage, *, raw: bool = False, **kwargs: Any) -> None:
    """Django's own signal, as Wagtail tells of a publishing but not of an `add_child`."""
    if raw:
        return
    history.record_name(instance)
    history.record_kind(instance)
    history.record_parent(instance)


def page_moved(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance.specific, UnitPage):
        history.record_parent(UnitPage.objects.get(pk=instance.pk))


def signed_in(user: User, **kwargs: Any) -> None:
    members.refresh(user)


def connect() -> None:
    """Called once, by the app's `ready()`."""
    post_save.connect(unit_saved, sender=UnitPage, dispatch_uid="unit history")
    post_page_move.connect(page_moved, dispatch_uid="unit history")
    user_logged_in.connect(signed_in, dispatch_uid="unit members")
