"""What the log of acts tells of roles: who was given which, its days before and after."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from library.units.models import Membership, Role

GIVEN = "units.role_given"
CHANGED = "units.role_changed"
ENDED = "units.role_ended"
ACTS = (
    (GIVEN, _("Give a role"), _("Gave a role: %(person)s, %(role)s")),
    (CHANGED, _("Change a role"), _("Changed a role: %(person)s, %(role)s")),
    (ENDED, _("End a role"), _("Ended a role: %(person)s, %(role)s")),
)


def record(membership: Membership, before: Membership | None, by: User | None) -> None:
    """On the unit's page; nothing when no day has changed."""
    old, new = (told(before) if before else {}), told(membership)
    if old == new:
        return
    data = {"before": old, "after": new}
    log(membership.unit, _act(membership, before), user=by, data=data)


def record_taken_back(membership: Membership, by: User | None) -> None:
    log(membership.unit, ENDED, user=by, data={"before": told(membership), "after": {}})


def _act(membership: Membership, before: Membership | None) -> str:
    if before is None or (before.is_over and not membership.is_over):
        return GIVEN
    return ENDED if membership.is_over and not before.is_over else CHANGED


def told(membership: Membership) -> dict[str, str]:
    days = {
        name: f"{day:%d/%m/%Y}"
        for name in ("valid_from", "valid_until")
        if (day := getattr(membership, name))
    }
    person, role = name_of(membership.user), role_in_words(membership.role)
    return {"person": person, "role": role, **days}


def name_of(user: User) -> str:
    """Of two people of one name the account tells them apart."""
    full, account = user.get_full_name(), user.get_username()
    return f"{full} ({account})" if full else account


def role_in_words(role: str) -> str:
    """In the library's language, whichever the reader of that day has chosen."""
    with override(settings.LANGUAGE_CODE):
        return str(Role(role).label)


def register(actions: LogActionRegistry, acts: Any) -> None:
    """Acts on people: their sentence names person and role as the entry keeps them."""
    for name, label, message in acts:
        formatter = type("_OfPeople", (_OfPeople,), {"label": label, "said": message})
        actions.register_action(name)(formatter)


class _OfPeople(LogFormatter):
    said: Any = ""

    def format_message(self, log_entry: Any) -> str:
        data = log_entry.data
        known = data.get("after") or data.get("before") or {}
        named = {name: known.get(name, "") for name in ("person", "role")}
        return str(self.said) % named
