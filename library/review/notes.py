"""Internal notes: between reviewers only, and never to a person of the clip."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet
from wagtail.models import WorkflowState, get_default_page_content_type

from library.clips.models import ClipPage
from library.review.models import Note, Person
from library.units.permissions import Right, may


def may_read(clip: ClipPage, user: Person) -> bool:
    """Who reviews there, unless the clip is, or once was, submitted by them."""
    return user.pk not in people_of(clip) and may(user, Right.REVIEW_CLIPS, clip)


def of(clip: ClipPage, user: Person) -> QuerySet[Note]:
    """The notes that this person may read, oldest first."""
    if not may_read(clip, user):
        return Note.objects.none()
    return Note.objects.filter(clip=clip).select_related("user")


def write(clip: ClipPage, user: User, words: str) -> Note:
    return Note.objects.create(clip=clip, user=user, words=words.strip())


def people_of(clip: ClipPage) -> frozenset[int]:
    """Its owner and everybody who ever submitted it."""
    reviews = WorkflowState.objects.filter(
        base_content_type=get_default_page_content_type(), object_id=str(clip.pk)
    )
    asked_by = reviews.values_list("requested_by_id", flat=True)
    return frozenset({clip.owner_id, *asked_by} - {None})
