"""Clips for tests, valid by default: a draft, a ready one, one approved and live."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Task, TaskState, Workflow, WorkflowState

from library.clips import drafts
from library.clips.models import ClipKind, ClipPage, Consent, Subject
from library.units.models import UnitPage
from media_pipeline.models import Asset, Package
from media_pipeline.states import State


def asset(*, playable: bool = True, **fields: Any) -> Asset:
    made = Asset.objects.create(
        **{
            "file_name": "bài 1.mp4",
            "size": 1000,
            "duration_ms": 60_000,
            "state": State.PLAYABLE if playable else State.ENCODING,
            **fields,
        }
    )
    if playable:
        made.package = Package.objects.create(
            asset=made, prefix=f"packages/{made.uuid}/1", is_whole=True
        )
        made.save()
    return made


def draft(unit: UnitPage, owner: User, name: str = "Bài 1.mp4") -> ClipPage:
    return drafts.create(unit, owner, name)


def details(**fields: Any) -> dict[str, Any]:
    """All that a live clip needs besides its video and its review."""
    kind, _ = ClipKind.objects.get_or_create(
        code="lecture", defaults={"name": "Bài giảng"}
    )
    subject, _ = Subject.objects.get_or_create(code="toan", defaults={"name": "Toán"})
    return {
        "title": "Phương trình bậc hai",
        "kind": kind,
        "subject": subject,
        "licence": "CC-BY-4.0",
        "consent": Consent.NO_MINORS,
        **fields,
    }


def ready(
    unit: UnitPage, owner: User, *, playable: bool = True, **fields: Any
) -> ClipPage:
    """A draft to which nothing is in the way but its review."""
    clip = draft(unit, owner)
    drafts.attach(clip, asset(playable=playable))
    drafts.save_details(clip, owner, details(**fields))
    return ClipPage.objects.get(pk=clip.pk)


def approve(clip: ClipPage) -> WorkflowState:
    """The rows of a finished review of the newest revision, whoever reviewed it."""
    workflow, _ = Workflow.objects.get_or_create(name="Test")
    task, _ = Task.objects.get_or_create(name="Test")
    state = WorkflowState.objects.create(
        content_type=clip.get_content_type(),
        base_content_type=clip.get_base_content_type(),
        object_id=str(clip.pk),
        workflow=workflow,
    )
    state.current_task_state = TaskState.objects.create(
        workflow_state=state,
        task=task,
        revision=clip.get_latest_revision(),
        status=TaskState.STATUS_APPROVED,
        finished_at=timezone.now(),
    )
    state.status = WorkflowState.STATUS_APPROVED
    state.save()
    return state


def live(unit: UnitPage, owner: User, **fields: Any) -> ClipPage:
    """Public by the one way there is: a finished review of its newest revision."""
    clip = ready(unit, owner, **fields)
    approve(clip)
    clip.get_latest_revision().publish()
    return ClipPage.objects.get(pk=clip.pk)
