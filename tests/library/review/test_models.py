"""Wagtail's own views and buttons obey the review: none gets past it, none breaks."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowState

from library.clips.models import ClipPage
from library.review import chain
from library.review.errors import RefusedError
from library.review.models import ReviewTask, ReviewTaskState
from library.units.models import UnitPage
from tests.cast import Cast
from tests.factories import playable_clip

NO = {"reason": "quality", "comment": "Âm thanh nhỏ quá"}


def step(clip: ClipPage) -> ReviewTaskState:
    found = chain.waiting_step(clip)
    assert found is not None
    return found


def stock(page: ClipPage, action: str, state: TaskState) -> str:
    return reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk]
    )


def form_of(client: Client, clip: ClipPage, **more: str) -> dict[str, str]:
    """What the editor's form would post."""
    sets = ("credits", "captions", "comments")
    managed = {
        f"{name}-{part}_FORMS": "0"
        for name in sets
        for part in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")
    }
    return {
        **managed,
        "title": clip.title,
        "kind": str(clip.kind_id),
        "subject": str(clip.subject_id),
        "licence": clip.licence,
        "consent": clip.consent,
        "series_order": "0",
        "poster_choice": "0",
        **more,
    }


def edit(client: Client, clip: ClipPage, **more: str) -> int:
    address = reverse("wagtailadmin_pages:edit", args=[clip.pk])
    return client.post(address, form_of(client, clip, **more)).status_code


def test_a_curator_names_an_own_page_and_another_units_review(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    own = playable_clip(cast.school_b, cast.hoa, "Bài của B")
    chain.submit(own, cast.hoa)
    client.force_login(cast.tu)
    for action in ("approve", "reject", "changes"):
        response = client.post(stock(own, action, step(clip)), NO)
        assert response.status_code in {302, 403, 404}
    clip.refresh_from_db()
    assert not clip.live
    assert step(clip).status == TaskState.STATUS_IN_PROGRESS


@pytest.mark.parametrize("who", ["lan", "hoa", "tu", "nam"])
@pytest.mark.parametrize("action", ["approve", "changes", "reject"])
def test_the_stock_view_refuses_others(
    cast: Cast, clip: ClipPage, client: Client, who: str, action: str
) -> None:
    client.force_login(getattr(cast, who))
    assert client.post(stock(clip, action, step(clip)), NO).status_code < 500
    clip.refresh_from_db()
    assert not clip.live
    assert step(clip).status == TaskState.STATUS_IN_PROGRESS


def test_the_stock_view_approves_for_the_curator(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    assert client.post(stock(clip, "approve", step(clip))).status_code == 302
    clip.refresh_from_db()
    assert clip.live


def test_the_stock_view_asks_for_a_reason_too(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    for form in ({"comment": "Có lời"}, {"reason": "quality"}):
        client.post(stock(clip, "changes", step(clip)), form)
        assert chain.standing(clip).stand == chain.Stand.WAITING
    client.post(stock(clip, "changes", step(clip)), NO)
    assert chain.standing(clip).stand == chain.Stand.CHANGES


def test_the_stock_view_does_not_approve_what_cannot_go_live(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    ClipPage.objects.filter(pk=clip.pk).update(asset=None)
    client.force_login(cast.minh)
    assert client.post(stock(clip, "approve", step(clip))).status_code == 302
    clip.refresh_from_db()
    assert not clip.live


def test_the_editors_answer_takes_no_foreign_arguments(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    edit(
        client,
        clip,
        **{
            "action-workflow-action": "true",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": json.dumps({"update": False}),
        },
    )
    assert chain.standing(clip).stand == chain.Stand.WAITING


def test_the_submitter_cannot_save_during_the_review(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.lan)
    edit(client, clip, title="Lén sửa")
    clip.refresh_from_db()
    assert clip.title != "Lén sửa"


@pytest.mark.parametrize("who", ["an", "minh"])
def test_the_editors_publish_does_not_get_past_a_review(
    cast: Cast, clip: ClipPage, client: Client, who: str
) -> None:
    client.force_login(getattr(cast, who))
    assert edit(client, clip, **{"action-publish": "action-publish"}) < 500
    clip.refresh_from_db()
    assert not clip.live
    assert step(clip).workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_bulk_publish_does_not_get_past_a_review(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.an)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    for ids in (f"id={clip.pk}", f"id={cast.school_a.pk}"):
        response = client.post(f"{address}?{ids}", {"include_descendants": "on"})
        assert response.status_code < 500
    clip.refresh_from_db()
    assert not clip.live
    assert step(clip).status == TaskState.STATUS_IN_PROGRESS


def test_a_contributor_takes_a_clip_back_and_submits_it_again(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.lan)
    edit(client, clip, **{"action-cancel-workflow": "true"})
    assert chain.standing(clip).stand == chain.Stand.DRAFT
    edit(client, clip, **{"action-submit": "true"})
    assert chain.standing(clip).stand == chain.Stand.WAITING


def test_a_reviewer_does_not_cancel_instead_of_answering(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    client.force_login(cast.minh)
    for action in ("action-cancel-workflow", "action-restart-workflow"):
        edit(client, clip, **{action: "true"})
    assert WorkflowState.objects.count() == 1
    assert chain.standing(clip).stand == chain.Stand.WAITING


def test_a_rejected_clip_is_not_submitted_by_the_editor_either(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    chain.reject(step(clip), cast.minh, "rights", "Phim của người khác")
    client.force_login(cast.lan)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[clip.pk]))
    assert "action-submit" not in page.content.decode()
    assert edit(client, clip, **{"action-submit": "true"}) < 500
    assert chain.standing(clip).stand == chain.Stand.REJECTED


def test_a_unit_is_never_submitted(cast: Cast, workflow: Workflow) -> None:
    page = UnitPage.objects.get(pk=cast.school_a.pk)
    page.save_revision()
    with pytest.raises(RefusedError):
        workflow.start(page, cast.an)
    assert not WorkflowState.objects.exists()


def test_moderating_many_costs_few_queries(cast: Cast, clip: ClipPage) -> None:
    for number in range(4):
        chain.submit(playable_clip(cast.school_a, cast.lan, f"Bài {number}"), cast.lan)
    with CaptureQueriesContext(connection) as queries:
        found = ReviewTask.objects.get().get_task_states_user_can_moderate(cast.minh)
        assert found.count() == 5
    assert len(queries) <= 6


def test_moderation_lists_nothing_foreign(cast: Cast, clip: ClipPage) -> None:
    own = playable_clip(cast.school_b, cast.hoa, "Bài của B")
    chain.submit(own, cast.hoa)
    expected = {
        "minh": {clip.pk},
        "tu": {own.pk},
        "lan": set(),
        "an": {clip.pk, own.pk},
    }
    for who, clips in expected.items():
        found = TaskState.objects.reviewable_by(getattr(cast, who))
        assert {int(each.workflow_state.object_id) for each in found} == clips


def test_wagtails_history_of_a_review_opens_with_the_reason(
    cast: Cast, clip: ClipPage, client: Client
) -> None:
    chain.ask_for_changes(step(clip), cast.minh, "quality", "Âm thanh nhỏ quá")
    client.force_login(cast.an)
    review = WorkflowState.objects.get()
    page = client.get(
        reverse("wagtailadmin_pages:workflow_history_detail", args=[clip.pk, review.pk])
    )
    assert "Âm thanh nhỏ quá" in page.content.decode()


def test_a_review_never_ends_with_nobody_saying_yes(
    cast: Cast, clip: ClipPage, workflow: Workflow
) -> None:
    ReviewTask.objects.update(level=5)  # no unit is that high up
    other = playable_clip(cast.school_a, cast.lan, "Bài khác")
    chain.submit(other, cast.lan)
    assert not ClipPage.objects.get(pk=other.pk).live
    state = step(other)
    assert state.task.specific.approver_ids(other) == {cast.minh.pk}
    chain.approve(state, cast.minh)
    assert ClipPage.objects.get(pk=other.pk).live
