"""The workflow is made once and reaches every clip."""

from __future__ import annotations

from wagtail.models import Workflow, WorkflowPage

from library.review import setup
from library.review.models import ReviewTask
from tests.cast import Cast
from tests.factories import playable_clip


def test_it_is_made_once(cast: Cast) -> None:
    assert setup.ensure_workflow(steps=2) == setup.ensure_workflow()
    assert ReviewTask.objects.count() == 2
    assert [task.specific.level for task in setup.ensure_workflow().tasks] == [1, 2]


def test_every_clip_has_it_and_wagtails_own_is_detached(cast: Cast) -> None:
    workflow = setup.ensure_workflow()
    clip = playable_clip(cast.school_c, cast.bao)
    assert clip.get_workflow() == workflow
    assert [link.workflow for link in WorkflowPage.objects.all()] == [workflow]


def test_what_people_made_of_it_stays(cast: Cast) -> None:
    workflow = setup.ensure_workflow()
    Workflow.objects.filter(pk=workflow.pk).update(name="Duyệt hai cấp")
    assert setup.ensure_workflow().name == "Duyệt hai cấp"
