"""A small change of a published clip's details: public at once, without a new review.

Small is what `REVIEW_SMALL_CHANGES` names, measured against the version to which
reviewers said yes, so that many small steps do not lead far. Whatever else differs,
known here or not, goes through review. The yes to that version is carried over to the
new one, on record as such, which is what `gate.is_approved` asks for.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState, WorkflowState

from library.clips import gate
from library.clips.models import ClipPage
from library.review import notices
from library.review.errors import RefusedError
from library.review.models import ReviewTaskState
from library.units.permissions import Right, may
from search.text import fold

_TYPO = 3  # letters of a title
_NAMES = {"series_order": "series", "poster_choice": "poster"}
# Of the row, not of what its people wrote; Wagtail keeps its own when it publishes.
_BOOKKEEPING = frozenset(
    {
        "asset",
        "comments",
        "depth",
        "draft_title",
        "first_published_at",
        "has_unpublished_changes",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live",
        "live_revision",
        "locked",
        "locked_at",
        "locked_by",
        "numchild",
        "path",
        "slug",
        "url_path",
        "wagtail_admin_comments",
    }
)
# Of each caption track or named person, only what people see.
_SEEN = {"captions": ("language", "vtt"), "credits": ("part", "name")}


@transaction.atomic
def publish(clip: ClipPage, user: User) -> bool:
    """Whether the newest version is public now, made so where it is a small change.

    Otherwise nothing is done: it is submitted for review. What says the same as what is
    public, as after a double post, is nobody's news.
    """
    clip = ClipPage.objects.select_for_update().get(pk=clip.pk)
    if not may(user, Right.SUBMIT_CLIPS, clip):
        raise PermissionDenied
    yes = _yes_to(clip)
    latest = clip.get_latest_revision()
    if yes is None or not is_small(changes(yes.revision, latest)):
        return False
    if latest.pk == clip.live_revision_id:
        return True
    in_the_way = gate.approval_obstacles(latest.as_object())
    if in_the_way:
        raise RefusedError(" ".join(str(one.sentence) for one in in_the_way))
    state = _carry_over(yes, latest, user)
    public = Revision.objects.get(pk=clip.live_revision_id)
    is_news = bool(changes(public, latest))
    if is_news:
        _write_down(clip, public, latest, user)
    try:
        latest.publish(user=user, skip_permission_checks=True)
    except ValidationError as error:  # the clip's own last line
        raise RefusedError(" ".join(error.messages)) from error
    if is_news:
        notices.small_change(state, yes, user)
    return True


def changes(before: Revision, after: Revision) -> frozenset[str]:
    """Names of what differs; a title is `title` where a typo was mended, else `name`."""
    old, new = before.content, after.content
    keys = (old.keys() | new.keys()) - _BOOKKEEPING
    differing = {key for key in keys if _seen(key, old) != _seen(key, new)}
    names = {_NAMES.get(key, key) for key in differing - {"credits"}}
    if "credits" in differing:
        names |= _parts(old, new)
    if "title" in names and not _is_typo(old["title"], new["title"]):
        names = names - {"title"} | {"name"}
    return frozenset(names)


def is_small(changed: frozenset[str]) -> bool:
    return changed <= settings.REVIEW_SMALL_CHANGES


def _seen(key: str, content: dict[str, Any]) -> Any:
    value = content.get(key)
    if key in _SEEN:
        return [[row.get(name) for name in _SEEN[key]] for row in value or ()]
    return sorted(value) if key in {"grades", "skills"} and value else value or None


def _told(key: str, content: dict[str, Any]) -> Any:
    """For the log: of captions only their languages, of people their names."""
    value = _seen(key, content)
    if key == "captions":
        return [language for language, _vtt in value]
    return [name for _part, name in value] if key == "credits" else value


def _parts(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    """Whether speakers or makers were named otherwise."""
    before, after = _seen("credits", old), _seen("credits", new)
    named = {"speaker": "speakers", "maker": "makers"}
    return {
        name
        for part, name in named.items()
        if [row for row in before if row[0] == part]
        != [row for row in after if row[0] == part]
    } or {"speakers", "makers"}  # in another order


def _is_typo(old: str, new: str) -> bool:
    """Marks and case aside, at most some letters differ."""
    parts = SequenceMatcher(None, fold(old), fold(new), autojunk=False).get_opcodes()
    return (
        sum(
            max(end_a - a, end_b - b)
            for tag, a, end_a, b, end_b in parts
            if tag != "equal"
        )
        <= _TYPO
    )


def _yes_to(clip: ClipPage) -> ReviewTaskState | None:
    """The reviewers' last yes, if it still makes the clip public, and no review is on."""
    if not clip.live or clip.current_workflow_state or not gate.is_approved(clip):
        return None
    public = ReviewTaskState.objects.filter(
        revision=clip.live_revision_id,
        status=TaskState.STATUS_APPROVED,
        workflow_state__status=WorkflowState.STATUS_APPROVED,
    ).first()
    if public is None:
        return None
    given = ReviewTaskState.objects.filter(
        workflow_state=public.workflow_state_id,
        status=TaskState.STATUS_APPROVED,
        is_carried=False,
    )
    last: ReviewTaskState | None = given.order_by("finished_at", "pk").last()
    return last


def _carry_over(
    yes: ReviewTaskState, revision: Revision, user: User
) -> ReviewTaskState:
    return ReviewTaskState.objects.create(
        workflow_state=yes.workflow_state,
        revision=revision,
        task=yes.task,
        kind=yes.kind,
        status=TaskState.STATUS_APPROVED,
        finished_at=timezone.now(),
        finished_by=user,
        is_carried=True,
    )


def _write_down(clip: ClipPage, public: Revision, latest: Revision, user: User) -> None:
    """Before and after, in what people wrote."""
    old, new = public.content, latest.content
    keys = sorted(
        key
        for key in (old.keys() | new.keys()) - _BOOKKEEPING
        if _seen(key, old) != _seen(key, new)
    )
    data = {
        "before": {key: _told(key, old) for key in keys},
        "after": {key: _told(key, new) for key in keys},
    }
    log(clip, "review.small_change", user=user, data=data, revision=latest)
