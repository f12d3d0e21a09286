"""The first page of the admin: what a person may do in this library, as links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from library.units.permissions import Person, Right, reach_of


@dataclass(frozen=True)
class Door:
    """`right`: who has it anywhere is shown the door; None: superusers alone."""

    right: Right | None
    address: str
    icon: str
    label: str | Promise
    words: str | Promise
    query: str = ""

    @property
    def url(self) -> str:
        return reverse(self.address) + self.query


DOORS = (
    Door(
        Right.ADD_CLIPS,
        "uploads:new",
        "upload",
        _("Upload a clip"),
        _("From a phone or a computer; what breaks off goes on where it was."),
    ),
    Door(
        Right.SUBMIT_CLIPS,
        "uploads:my_clips",
        "media",
        _("My clips"),
        _("Describe clips, submit them for review, read the answers."),
    ),
    Door(
        Right.CHANGE_CLIPS,
        "uploads:my_clips",
        "folder-open-1",
        _("Clips of my units"),
        _("See how they stand and mend their descriptions."),
        query="?don-vi=1",
    ),
    Door(
        Right.REVIEW_CLIPS,
        "review:queue",
        "check",
        _("Review"),
        _("Watch what units have submitted, approve it or say what to mend."),
    ),
    Door(
        Right.SEE_REPORTS,
        "contributions_overview",
        "clipboard-list",
        _("Contributions"),
        _("How many clips each unit has brought, beside its target."),
    ),
    Door(
        Right.RUN_ENCODING,
        "encoding:report",
        "cogs",
        _("Encoding"),
        _("Which videos wait, run or failed, and why."),
    ),
    Door(
        Right.MANAGE_MEMBERS,
        "unit_members:index",
        "group",
        _("People and roles"),
        _("Who uploads, reviews and administers at which unit."),
    ),
    Door(
        None,
        "campaigns:index",
        "date",
        _("Campaigns and targets"),
        _("From when to when, and how many clips units are to bring."),
    ),
    Door(
        None,
        "wagtailusers_users:index",
        "user",
        _("Accounts"),
        _("Make an account first; then give it a role under “People and roles”."),
    ),
)


def doors_for(user: Person) -> list[Door]:
    reach = reach_of(user)
    is_superuser = getattr(user, "is_superuser", False)
    return [
        door
        for door in DOORS
        if (reach.paths.get(door.right) if door.right else is_superuser)
    ]


class Doors(Component):
    order = 50
    template_name = "wagtailadmin/home/doors.html"

    def __init__(self, user: Person) -> None:
        self.user = user

    def get_context_data(self, _parent: Mapping[str, Any]) -> dict[str, Any]:
        return {"doors": doors_for(self.user)}
