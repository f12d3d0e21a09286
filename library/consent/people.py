"""Who is seen in a clip, and who agreed: written down by the unit's people, on record.

The log tells that something changed and when somebody agreed; names stay in the row.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from library.clips.consent import Consent
from library.clips.models import ClipPage
from library.consent import papers
from library.consent.models import PersonSeen
from library.units.permissions import Right, may

ADD, CHANGE, REMOVE = "consent.add", "consent.change", "consent.remove"
FIELDS = (
    "who",
    "age",
    "guardian_agreed_on",
    "guardian_how",
    "child_agreed_on",
    "child_how",
)


class WouldBeIncompleteError(PermissionDenied):
    """Of a clip that is public every record stays complete: else it is withdrawn."""


def of(clip: ClipPage) -> list[PersonSeen]:
    return list(PersonSeen.objects.filter(clip=clip))


@transaction.atomic
def write(person: PersonSeen, user: User, told: dict[str, Any]) -> PersonSeen:
    """A new person, or what is known of one; a paper that was sent takes the old one's
    place."""
    clip = _held(person.clip, user)
    before = _told(person) if person.pk else {}
    for name in FIELDS:
        setattr(person, name, told[name])
    person.source, person.stated_by = PersonSeen.Source.ENTERED, user
    if clip.live and not person.is_complete:
        raise WouldBeIncompleteError(_refusal())
    person.save()
    if paper := told.get("paper"):
        papers.keep(person, paper, user)
    data = {"person": person.pk, "before": before, "after": _told(person)}
    log(clip, CHANGE if before else ADD, user=user, data=data)
    return person


@transaction.atomic
def remove(person: PersonSeen, user: User) -> None:
    clip = _held(person.clip, user)
    if clip.live:
        raise WouldBeIncompleteError(_refusal())
    log(clip, REMOVE, user=user, data={"person": person.pk, "before": _told(person)})
    papers.drop(person)
    person.delete()


def state_at_import(clip: ClipPage, superuser: User) -> None:
    """A manifest's answer is the word of the superuser who publishes it (ADR 4)."""
    if clip.consent == Consent.ON_FILE:
        PersonSeen.objects.get_or_create(
            clip=clip, source=PersonSeen.Source.IMPORT, stated_by=superuser
        )


def _held(clip: ClipPage, user: User) -> ClipPage:
    row: ClipPage = ClipPage.objects.select_for_update().get(pk=clip.pk)
    if not may(user, Right.KEEP_CONSENT, row):
        raise PermissionDenied
    return row


def _told(person: PersonSeen) -> dict[str, str]:
    """Days alone: neither who it is nor in which words they agreed."""
    days = {"guardian": person.guardian_agreed_on, "child": person.child_agreed_on}
    return {name: day.isoformat() if day else "" for name, day in days.items()}


def _refusal() -> str:
    return _(
        "The clip is public, so each record stays complete. If somebody no longer "
        "agrees, withdraw the clip."
    )
