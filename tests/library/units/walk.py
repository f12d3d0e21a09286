"""Every named address of the site, filled in with one school's draft and what hangs on it.

The resolver is walked, so a new address is covered by itself; one that takes a part
which neither table knows makes the test fail until it is named there.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import User
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import (
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.search import index

from library.clips import drafts
from library.clips.models import CaptionTrack, ClipPage, Series
from library.consent.models import ConsentCase, PersonSeen, Problem
from library.invitations.models import Invitation
from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation
from library.review.models import Notice, ReviewTask
from library.sought.models import Unanswered
from library.units.models import Membership, Role
from library.uploads.models import UploadSession
from media_pipeline.models import Asset
from media_pipeline.states import State
from search.vocabulary.models import Synonym
from tests.cast import Cast, assemble, member, person

SECRET = "Zqxdraft"  # in every title of school B that outsiders may not read

# Named, but they cannot be reversed with objects of a school; none shows a page.
NOT_WALKED = {
    "wagtailadmin_password_reset_confirm": "a token from a mail",
    "wagtailadmin_error_test": "raises on purpose",
}


# What an address may take for each of its parts: attributes of the scene …
OF_SCENE: Mapping[str, tuple[str, ...]] = {
    "page_id": ("draft.pk", "changed.pk", "cast.school_b.pk"),
    "page_to_move_id": ("draft.pk", "cast.school_b.pk"),
    "destination_id": ("cast.school_b.pk", "cast.school_a.pk", "draft.pk"),
    "parent_page_id": ("cast.school_b.pk", "cast.district.pk", "draft.pk"),
    "page_pk": ("draft.pk", "changed.pk"),
    "pk": ("draft.pk", "changed.pk", "cast.hoa.pk", "synonym.pk"),
    "object_id": ("draft.pk", "changed.pk"),
    "clip_id": ("draft.pk", "changed.pk"),
    "slug": ("draft.slug",),
    "revision_id": ("draft.latest_revision_id", "changed.latest_revision_id"),
    "task_state_id": ("review.current_task_state.pk",),
    "task_id": ("review.current_task_state.task_id",),
    "workflow_pk": ("review.workflow_id",),
    "workflow_state_id": ("review.pk",),
    "membership_id": ("membership.pk",),
    "plan_id": ("plan.pk",),
    "problem_id": ("problem.pk",),
    "person_id": ("seen.pk",),
    "code": ("cast.school_b.code",),
    "session_uuid": ("upload.uuid",),
    "series_id": ("series.pk",),
    "track_id": ("track.pk",),
    "notice_id": ("notice.pk",),
    "other_id": ("draft.pk", "changed.pk"),
    "question_id": ("question.pk",),
    "query_id": ("promotion.query_id",),
    "invitation_id": ("invitation.pk",),
    "invitation_code": ("invitation.code",),
}
# … or values that are the same in every scene.
FIXED: Mapping[str, tuple[Any, ...]] = {
    "revision_id_a": ("earliest",),
    "revision_id_b": ("latest",),
    "action_name": ("approve", "reject", "delete", "copy"),
    "action": ("delete", "move", "publish", "unpublish"),
    "app_label": ("clips", "wagtailcore"),
    "app_name": ("clips",),
    "model_name": ("clippage", "page"),
    "content_type_app_name": ("clips",),
    "content_type_model_name": ("clippage",),
    "session_id": (1,),
    "collection_id": (1,),
    "redirect_id": (1,),
    "document_id": (1,),
    "doc_id": (1,),
    "image_id": (1,),
    "uploaded_file_id": (1,),
    "page_view_restriction_id": (1,),
    "filter_spec": ("original",),
    "given": ("approve", "changes", "reject"),
    "language": ("vi",),
    "version": ("0",),
    "key": ("0/0/master.m3u8",),
}


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    body: dict[str, Any] | None = None  # else what every form understands


@dataclass(frozen=True)
class Scene:
    """The cast, with two drafts of school B: one in review, one over a live clip."""

    cast: Cast
    people: dict[str, User]
    draft: ClipPage
    changed: ClipPage
    own: ClipPage  # a draft of school A, for attempts to carry it across
    track: CaptionTrack
    series: Series
    upload: UploadSession
    review: WorkflowState
    membership: Membership
    plan: Reorganisation
    seen: PersonSeen  # in the draft
    problem: Problem  # with the clip that is changed
    notice: Notice  # to the curator of school B, about the draft
    question: Unanswered  # these three are the whole library's
    promotion: SearchPromotion
    synonym: Synonym
    invitation: Invitation  # by mail, to school B

    def parts(self, name: str) -> Sequence[Any]:
        """What an address may take for its part of that name; nothing when unknown."""
        found = [attrgetter(path)(self) for path in OF_SCENE.get(name, ())]
        return found or FIXED.get(name, ())


def build() -> Scene:
    cast = assemble()
    people = {
        "a contributor of A": cast.lan,
        "a curator of A": person("curator-a"),
        "an admin of A": person("admin-a"),
        "someone without a role": cast.nam,
    }
    member(people["a curator of A"], cast.school_a, Role.CURATOR)
    member(people["an admin of A"], cast.school_a, Role.ADMIN)
    own = clip(cast, "Bản nháp của trường A", "ban-nhap-a", cast.lan, cast.school_a)
    draft = clip(cast, f"{SECRET} trong lớp", f"{SECRET.lower()}-trong-lop")
    changed = clip(cast, "Bài giảng đã đăng", "bai-giang-da-dang")
    changed.title = f"{SECRET} sửa lại"
    changed.save_revision(user=cast.hoa)
    Page.objects.filter(pk=changed.pk).update(live=True)
    for made, state in ((draft, State.FAILED), (changed, State.PLAYABLE)):
        asset = Asset.objects.create(file_name=f"{SECRET}.mp4", state=state)
        Asset.objects.update(original_key="originals/1")  # both may be done anew
        drafts.attach(made, asset)
    track = CaptionTrack.objects.create(clip=draft, vtt=f"WEBVTT\n\n{SECRET}")
    series = Series.objects.create(unit=cast.school_b, title="Chuỗi", slug="chuoi")
    upload = UploadSession.objects.create(
        owner=cast.hoa,
        clip=draft,
        file_name=f"{SECRET}.mp4",
        size=1000,
        expires_at=timezone.now() + datetime.timedelta(days=1),
    )
    for page in (draft, changed, own):  # what a task would do in its time
        index.insert_or_update_object(page)
    return Scene(
        cast=cast,
        people=people,
        draft=draft,
        changed=changed,
        own=own,
        track=track,
        series=series,
        upload=upload,
        review=review_of(draft, cast),
        membership=cast.hoa.memberships.get(),
        plan=reorganisation(cast),
        seen=PersonSeen.objects.create(clip=draft, who=SECRET),
        problem=problem_with(changed, draft),
        notice=Notice.objects.get(user=cast.tu),
        question=sought_in_vain(),
        promotion=SearchPromotion.objects.create(query=Query.get(SECRET), page=changed),
        synonym=Synonym.objects.create(words=SECRET.lower(), means="bản nháp"),
        invitation=invitation(cast),
    )


def invitation(cast: Cast) -> Invitation:
    today = timezone.localdate()
    return Invitation.objects.create(
        unit=cast.school_b,
        role=Role.CONTRIBUTOR,
        valid_from=today,
        email=f"{SECRET}@example.org",
        expires_on=today + datetime.timedelta(9),
        made_by=cast.an,
    )


def problem_with(changed: ClipPage, draft: ClipPage) -> Problem:
    """Of the one somebody reported something; with the other consent was withdrawn."""
    ConsentCase.objects.create(clip=draft, why=SECRET)
    return Problem.objects.create(clip=changed, reason="image", words=SECRET)


def reorganisation(cast: Cast) -> Reorganisation:
    """A draft of the district's, about school B."""
    today = timezone.localdate()
    plan = Reorganisation(name=SECRET, on=today, within=cast.district, made_by=cast.an)
    plan.asked = [Line(1, cast.school_b.code, today, name="Tên khác")]
    plan.save()
    return plan


def sought_in_vain() -> Unanswered:
    words = SECRET.lower()
    week = datetime.date(2026, 11, 23)
    return Unanswered.objects.create(week=week, key=words, words=words, times=9)


def clip(
    cast: Cast, title: str, slug: str, owner: User | None = None, unit: Any = None
) -> ClipPage:
    made: ClipPage = (unit or cast.school_b).add_child(
        instance=ClipPage(title=title, slug=slug, live=False, owner=owner or cast.hoa)
    )
    made.save_revision(user=made.owner)
    return made


def review_of(draft: ClipPage, cast: Cast) -> WorkflowState:
    workflow = Workflow.objects.create(name="Duyệt clip")
    task: Task = ReviewTask.objects.create(name="Người duyệt gần nhất")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=cast.library)
    review: WorkflowState = workflow.start(draft, cast.hoa)
    return review


def addresses(scene: Scene) -> Iterator[Address]:
    for name, wanted in named(get_resolver()):
        if name in NOT_WALKED:
            continue
        unknown = [part for part in wanted if not scene.parts(part)]
        assert not unknown, f"{name}: say in OF_SCENE or FIXED what {unknown} may be"
        for values in itertools.product(*map(scene.parts, wanted)):
            kwargs = dict(zip(wanted, values, strict=True))
            yield Address(name, reverse(name, kwargs=kwargs))


def named(resolver: URLResolver, spaces: str = "") -> Iterator[tuple[str, list[str]]]:
    """Names of all addresses, with the parts that each takes."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from named(pattern, inner)
        elif pattern.name:
            parts = list(pattern.pattern.regex.groupindex)
            yield spaces + pattern.name, parts
