"""What the contributor's pages show, as finished values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from library.clips import drafts, gate
from library.clips.models import ClipPage
from library.clips.progress import Stage, stage_of
from library.units.models import UnitPage
from library.units.permissions import Right, may, units_where
from library.uploads import sessions
from library.uploads.forms import CaptionsForm, DetailsForm
from library.uploads.models import UploadSession
from library.viewing import counting

CLIPS_A_PAGE = 20


@dataclass(frozen=True)
class Row:
    """A clip in the list."""

    title: str
    unit: str
    url: str
    status_url: str
    retry_url: str
    poster_url: str
    stage: Stage
    views: int


@dataclass(frozen=True)
class Unfinished:
    """An upload that goes on when its file is chosen again."""

    clip: int
    name: str
    size: int
    offset: int
    percent: int
    upload_url: str
    details_url: str


def rows_for(user: User, number: str, *, of_units: bool) -> PageOfRows[ClipPage]:
    """Own clips, or all of the units whose clips the person may change; newest first."""
    clips = ClipPage.objects.changeable_by(user)
    if not of_units:
        clips = clips.filter(owner=user)
    clips = clips.select_related("asset__package").order_by("-pk")
    page = Paginator(clips, CLIPS_A_PAGE).get_page(number)
    titles = _unit_titles(list(page.object_list))
    views = counting.totals(clip.pk for clip in page.object_list)
    page.object_list = [
        _row(clip, titles, views.get(clip.pk, 0)) for clip in page.object_list
    ]
    return page


def units_for(user: User) -> QuerySet[UnitPage]:
    """Where the person may bring clips; one that ended takes no new ones."""
    standing = units_where(user, Right.ADD_CLIPS).filter(ended_on=None)
    return standing.order_by("path")


def unfinished_for(user: User) -> list[Unfinished]:
    return [unfinished(session) for session in sessions.open_for(user)]


def unfinished(session: UploadSession) -> Unfinished:
    return Unfinished(
        clip=session.clip_id,
        name=session.file_name,
        size=session.size,
        offset=session.offset,
        percent=session.percent,
        upload_url=reverse("uploads:tus_upload", args=[session.uuid]),
        details_url=reverse("uploads:clip", args=[session.clip_id]),
    )


def clip_page(
    clip: ClipPage,
    user: User,
    form: DetailsForm | None = None,
    captions_form: CaptionsForm | None = None,
) -> dict[str, Any]:
    """What templates/uploads/clip.html and its parts show."""
    draft = drafts.latest(clip)
    session = sessions.open_for(user).filter(clip=clip).first()
    stage = stage_of(clip)
    return {
        "clip": clip,
        "draft": draft,
        "unit": draft.unit,
        "stage": stage,
        "status_url": reverse("uploads:status", args=[clip.pk]),
        "retry_url": reverse("uploads:retry", args=[clip.pk]),
        "may_submit": stage.may_submit and may(user, Right.SUBMIT_CLIPS, clip),
        "form": form or DetailsForm(draft=draft),
        "captions_form": captions_form or CaptionsForm(),
        "captions": list(draft.captions.all()),
        "posters": list(enumerate(clip.asset.poster_urls)) if clip.asset else [],
        "session": unfinished(session) if session else None,
        "takes_video": drafts.takes_video(clip, user) and not clip.has_open_upload,
        "is_locked": drafts.is_locked_for(clip, user),
        "may_discard": drafts.is_discardable(clip),
        "may_watch": clip.asset is not None and clip.asset.is_playable,
    }


def status(clip: ClipPage) -> dict[str, Any]:
    """The answer to a page that asks how a clip is getting on."""
    stage = stage_of(clip)
    shown = {
        "stage": stage,
        "retry_url": reverse("uploads:retry", args=[clip.pk]),
        "file_url": reverse("uploads:clip", args=[clip.pk]),
    }
    html = render_to_string("uploads/parts/stage.html", shown)
    told = {"moves": stage.moves, "lacks_video": stage.lacks_video, "html": html}
    return {**asdict(stage), **told}


def submitted_sentence(clip: ClipPage, *, is_public: bool = False) -> str:
    if is_public:
        return _("Public at once: it was a small change. The reviewers are told.")
    if not gate.video_missing(clip):
        return _("Submitted. A curator will watch the clip; you will get a mail.")
    return _("Noted: the clip is submitted as soon as its video plays.")


def _row(clip: ClipPage, unit_titles: dict[str, str], views: int) -> Row:
    return Row(
        title=clip.draft_title or clip.title,
        unit=unit_titles.get(clip.path[: -ClipPage.steplen], ""),
        url=reverse("uploads:clip", args=[clip.pk]),
        status_url=reverse("uploads:status", args=[clip.pk]),
        retry_url=reverse("uploads:retry", args=[clip.pk]),
        poster_url=clip.asset.poster_url if clip.asset else "",
        stage=stage_of(clip),
        views=views,
    )


def _unit_titles(clips: list[ClipPage]) -> dict[str, str]:
    parents = {clip.path[: -ClipPage.steplen] for clip in clips}
    return dict(UnitPage.objects.filter(path__in=parents).values_list("path", "title"))
