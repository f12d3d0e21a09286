"""The review of a clip: our workflow task, the state of a step, and withdrawals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from library.clips import gate
from library.clips.models import ClipPage
from library.review import claims, deciders, inbox, notices, steps, waits
from library.review.errors import IncompleteAnswerError, RefusedError
from library.review.forms import AnswerForm, ApprovalForm
from library.review.inbox import MailChoice, Notice
from library.review.reasons import Reason
from library.review.steps import ChainStep, ReviewChain
from library.units.models import UnitKind

if TYPE_CHECKING:
    from django import forms

__all__ = [
    "ChainStep",
    "MailChoice",
    "Note",
    "Notice",
    "Reason",
    "ReviewChain",
    "ReviewTask",
    "ReviewTaskState",
    "Withdrawal",
]

Person: TypeAlias = User | AnonymousUser
APPROVE, CHANGES, REJECT = "approve", "changes", "reject"


class ReviewTaskState(TaskState):
    """One step of one review, with the reason of an answer that is not yes."""

    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    is_final = models.BooleanField(default=False)  # rejected for good
    is_carried = models.BooleanField(default=False)  # over a small change
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True)
    kind = models.ForeignKey(  # whose curators decide; none: the nearest unit's
        UnitKind, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    lift = models.PositiveSmallIntegerField(default=0)  # levels above that help
    lifted_at = models.DateTimeField(null=True)  # or handed to another step

    # Another try at the step is nobody's yet.
    exclude_fields_in_copy: ClassVar[list[str]] = ["claimed_by", "claimed_until"]

    @property
    def clip(self) -> ClipPage:
        """The clip under review itself; Wagtail's `content_object` is a bare page."""
        found: ClipPage = ClipPage.objects.get(pk=self.workflow_state.object_id)
        return found

    def cancel(self, *args: Any, **kwargs: Any) -> ReviewTaskState:
        """Taken back, nobody is asked any more."""
        inbox.done_with(self)
        cancelled: ReviewTaskState = super().cancel(*args, **kwargs)
        return cancelled

    def get_comment(self) -> str:
        """What Wagtail's own history of the workflow shows."""
        if not self.reason:
            return self.comment
        return f"[{self.get_reason_display()}] {self.comment}"


class ReviewTask(Task):
    """Approved by a curator of the clip's nearest unit(s) above that have one.

    Neither the person who submitted the clip nor its owner ever decides on it; where
    nobody else can, it waits for a superuser.
    """

    level = models.PositiveSmallIntegerField(
        _("level"),
        default=1,
        help_text=_("1: the nearest unit above that has a curator, 2: the next one …"),
    )
    task_state_class = ReviewTaskState
    admin_form_fields: ClassVar[list[str]] = [*Task.admin_form_fields, "level"]

    class Meta:
        verbose_name = _("review by curators of a unit above")
        verbose_name_plural = _("reviews by curators of a unit above")

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Curators of the nearest unit above that has one decide on the clip"
        )

    # --- who ------------------------------------------------------------------

    def approver_ids(self, clip: Page) -> frozenset[int]:
        """Curators who may decide on the clip that waits; superusers may besides."""
        asked = waits.of(self._waiting(clip))
        return next((wait.people for wait in asked.values()), frozenset())

    def may(self, clip: Page, user: Person) -> bool:
        if not user.is_active or user.pk in self._own_people(clip):
            return False
        return bool(user.is_superuser) or user.pk in self.approver_ids(clip)

    def user_can_access_editor(self, obj: Page, user: Person) -> bool:
        return self.may(obj, user)

    def user_can_lock(self, obj: Page, user: Person) -> bool:
        return self.may(obj, user)

    def locked_for_user(self, obj: Page, user: Person) -> bool:
        return not self.may(obj, user)

    def get_task_states_user_can_moderate(
        self, user: Person, **_kwargs: Any
    ) -> QuerySet[TaskState]:
        """Three queries however many reviews are open."""
        mine = waits.asking(user, self._waiting())
        return TaskState.objects.filter(pk__in=mine)

    # --- what -----------------------------------------------------------------

    def get_actions(self, obj: Page, user: Person) -> list[tuple[str, str, bool]]:
        """“Approve” is absent while the clip could not go live; pages say why."""
        if not self.may(obj, user) or self._is_held_by_another(obj, user):
            return []
        answers = [
            (CHANGES, gettext("Ask for changes"), True),
            (REJECT, gettext("Reject"), True),
        ]
        if not obstacles_of(obj):
            answers.append((APPROVE, gettext("Approve"), False))
        return answers

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return ApprovalForm if action == APPROVE else AnswerForm

    def start(
        self, workflow_state: WorkflowState, user: Person | None = None
    ) -> TaskState:
        """Begins the step that is next, and records those at which nobody could decide.

        A task of a higher level is skipped where no unit is that high up, or where rows
        say through which steps the review passes. Never before somebody has said yes:
        then whoever is nearest decides.
        """
        clip = ClipPage.objects.filter(pk=workflow_state.object_id).first()
        if clip is None:
            raise RefusedError(gettext("Only clips are reviewed."))
        if is_rejected(clip):
            raise RefusedError(gettext("This clip was rejected for good."))
        ahead = self._ahead(clip, workflow_state)
        if not ahead and _has_a_yes(workflow_state) and self._is_needless(clip):
            return self._skip(workflow_state, clip)
        kind = self._pass_over(ahead, workflow_state, clip)
        state = super().start(workflow_state, user=user)
        state.kind_id = kind
        state.save(update_fields=["kind"])
        notices.waits(state, self._approvers(state))
        return state

    @transaction.atomic
    def on_action(
        self,
        task_state: TaskState,
        user: Person,
        action_name: str,
        reason: str = "",
        comment: str = "",
        **_ignored: Any,
    ) -> None:
        """The one door of every answer, by our pages and by Wagtail's own.

        Wagtail's action view checks the page of its address, and then acts on a task
        state that may belong to another page: the clip is taken from the state here.
        """
        # The clip first, as all do who need both: from here on it neither moves nor
        # loses a consent that the answer counts on.
        number = task_state.workflow_state.object_id
        clip = ClipPage.objects.select_for_update().get(pk=number)
        state = ReviewTaskState.objects.select_for_update().get(pk=task_state.pk)
        if state.task_id != self.pk or state.status != TaskState.STATUS_IN_PROGRESS:
            raise RefusedError(gettext("This review has already been answered."))
        if not self.may(clip, user):
            raise PermissionDenied
        if (holder := claims.holder_of(state)) and holder.pk != user.pk:
            raise RefusedError(claims.sentence(holder))
        if action_name == APPROVE:
            self.say_yes(state, user, comment)
        elif action_name in {CHANGES, REJECT}:
            answer = AnswerForm({"reason": reason, "comment": comment})
            if not answer.is_valid():
                raise IncompleteAnswerError(
                    gettext("Choose a reason and explain it in your own words.")
                )
            state.reason = answer.cleaned_data["reason"]
            self._refuse(state, user, answer.cleaned_data["comment"], action_name)
        else:
            raise PermissionDenied

    def say_yes(self, state: ReviewTaskState, user: Person, words: str) -> None:
        """Approves without asking who says so: `on_action` and imports ask before."""
        in_the_way = gate.approval_obstacles(state.revision.as_object())
        if in_the_way:
            raise RefusedError(" ".join(str(one.sentence) for one in in_the_way))
        review, clip = state.workflow_state, state.clip
        rest = [one for one in self._ahead(clip, review) if one.kind != state.kind_id]
        goes_on = any(one.is_decided for one in rest)
        try:
            state.approve(user=user, comment=words.strip(), update=False)
            if not goes_on:
                self._pass_over(rest, review, clip)
            review.update(user=user, next_task=self if goes_on else None)
        except ValidationError as error:  # the clip's own last line, in a race
            raise RefusedError(" ".join(error.messages)) from error
        notices.answered(state)

    def settle(self, state: ReviewTaskState) -> bool:
        """After the rows have changed: whether the step now asks somebody else.

        Where rows name nobody more who could decide, it is answered where it waits.
        """
        clip = state.clip
        ahead = self._ahead(clip, state.workflow_state)
        wanted = next((one.kind for one in ahead if one.is_decided), None)
        stays = any(one.kind == state.kind_id and one.is_decided for one in ahead)
        has_no_other = wanted is None and bool(steps.kinds_for(clip.path))
        if stays or has_no_other or wanted == state.kind_id:
            return False
        inbox.done_with(state)
        state.kind_id, state.lift, state.lifted_at = wanted, 0, timezone.now()
        state.claimed_by, state.claimed_until = None, None
        state.save()
        notices.waits(state, self._approvers(state))
        return True

    # --- parts ----------------------------------------------------------------

    def _refuse(
        self, state: ReviewTaskState, user: Person, words: str, action: str
    ) -> None:
        state.is_final = action == REJECT
        state.reject(user=user, comment=words, update=not state.is_final)
        if state.is_final:
            state.workflow_state.cancel(user=user)
        notices.answered(state)

    def _is_held_by_another(self, clip: Page, user: Person) -> bool:
        state = self._waiting(clip).first()
        holder = claims.holder_of(state) if state else None
        return holder is not None and holder.pk != user.pk

    def _own_people(
        self, clip: Page, review: WorkflowState | None = None
    ) -> frozenset[int]:
        """Who never decides on the clip: its owner and whoever submitted it."""
        review = review or clip.current_workflow_state
        asked_by = review.requested_by_id if review else None
        return frozenset({clip.owner_id, asked_by} - {None})

    def _approvers(self, state: ReviewTaskState) -> QuerySet[User]:
        asked = waits.of(ReviewTaskState.objects.filter(pk=state.pk))
        return User.objects.filter(pk__in=asked[state.pk].people)

    def _waiting(self, clip: Page | None = None) -> QuerySet[ReviewTaskState]:
        rows = ReviewTaskState.objects
        states: QuerySet[ReviewTaskState] = (
            rows.all() if clip is None else rows.for_instance(clip)
        )
        return states.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)

    def _ahead(self, clip: Page, review: WorkflowState) -> list[steps.Ahead]:
        told = ReviewTaskState.objects.filter(workflow_state=review)
        return steps.ahead(clip, told, self._own_people(clip, review))

    def _is_needless(self, clip: ClipPage) -> bool:
        """Rows that give the steps were all passed, or no unit is that high up."""
        if steps.kinds_for(clip.path):
            return True
        curators = deciders.curators_above([clip.path])
        found = deciders.levels(clip.path, curators, self._own_people(clip))
        return deciders.is_beyond(found, self.level)

    def _pass_over(
        self, ahead: list[steps.Ahead], review: WorkflowState, clip: ClipPage
    ) -> int | None:
        """The kind of the first step at which somebody decides; those before are skipped."""
        for one in ahead:
            if one.is_decided:
                return one.kind
            self._skip(review, clip, one.kind)
        return None

    def _skip(
        self, review: WorkflowState, clip: ClipPage, kind: int | None = None
    ) -> ReviewTaskState:
        return ReviewTaskState.objects.create(
            workflow_state=review,
            revision=clip.get_latest_revision(),
            task=self,
            kind_id=kind,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )


def _has_a_yes(review: WorkflowState) -> bool:
    """Somebody approved the version under review at an earlier step."""
    so_far = review.successful_task_states
    return bool(so_far.filter(status=TaskState.STATUS_APPROVED).exists())


def is_rejected(clip: Page) -> bool:
    """Rejected for good: no further review begins."""
    return ReviewTaskState.objects.for_instance(clip).filter(is_final=True).exists()


def may_take_back(clip: Page, user: Person) -> bool:
    """Its own people end a review without an answer; a reviewer answers."""
    review = clip.current_workflow_state
    asked_by = review.requested_by_id if review else None
    return bool(user.is_superuser) or user.pk in {clip.owner_id, asked_by}


def obstacles_of(clip: Page) -> tuple[gate.Obstacle, ...]:
    """What keeps the version under review from going live."""
    return gate.approval_obstacles(clip.get_latest_revision_as_object())


class Withdrawal(models.Model):
    """Somebody took a live clip down, and said why."""

    clip = models.ForeignKey(
        ClipPage, on_delete=models.CASCADE, related_name="withdrawals"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    why = models.CharField(_("why"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.clip}: {self.why}"


class Note(models.Model):
    """What one reviewer tells the others about a clip; its contributor never reads it."""

    clip = models.ForeignKey(
        ClipPage, on_delete=models.CASCADE, related_name="review_notes"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    words = models.TextField(_("words"))
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self) -> str:
        return self.words
