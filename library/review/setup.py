"""The workflow itself: made once, attached to the library so that every clip has it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Workflow, WorkflowPage, WorkflowTask

from library.review.models import ReviewTask
from library.units.models import LibraryPage


@transaction.atomic
def ensure_workflow(steps: int = 1) -> Workflow:
    """Safe to repeat. A workflow that the library already has is left as people made it.

    `steps` levels up the tree say yes, one after the other: 1 is the nearest unit with
    a curator. More can be added to a workflow in Wagtail's settings.
    """
    library = LibraryPage.objects.get()
    # Wagtail's first migration puts its group approval on the root page.
    WorkflowPage.objects.filter(page__depth=1).delete()
    attached = WorkflowPage.objects.filter(page=library).select_related("workflow")
    if link := attached.first():
        return link.workflow
    workflow = Workflow.objects.create(name=_("Review"))
    for level in range(1, steps + 1):
        task = ReviewTask.objects.create(
            name=_("Review, level %(level)s") % {"level": level}, level=level
        )
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=level)
    WorkflowPage.objects.create(workflow=workflow, page=library)
    return workflow
