"""Views of the public site: find what is public, render."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library.catalogue import facets, shelves, successors
from library.catalogue.cards import cards_of, clip_url
from library.catalogue.results import LAST_PAGE, page_number, results_page, without
from library.catalogue.watch import guarded, in_series, watch_page
from library.clips.models import (
    CaptionTrack,
    ClipPage,
    Grade,
    Series,
    Skill,
    Subject,
)
from library.clips.playback import captions_hash
from library.contributions.public import track_of_unit
from library.qr import qr_svg
from library.sought.counting import sought_in_vain
from library.units.models import UnitPage
from library.viewing import counting

SHELF_SIZE = 24
NEWEST_SHOWN = 12
UNITS_SHOWN = 12
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "clips": shelves.public_clips().count(),
        "newest": cards_of(shelves.public_clips()[:NEWEST_SHOWN]),
        "subjects": shelves.subjects(),
        "grades": shelves.grades(),
        "skills": shelves.skills(),
        "units": shelves.busiest_units(UNITS_SHOWN),
    }
    return render(request, "catalogue/home.html", context)


@require_safe
def subjects(request: HttpRequest) -> HttpResponse:
    return _overview(request, _("Subjects"), shelves.subjects())


@require_safe
def grades(request: HttpRequest) -> HttpResponse:
    return _overview(request, _("Grades"), shelves.grades())


@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    return _overview(request, _("Skills"), shelves.skills())


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    return _overview(request, _("Units"), shelves.units())


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    return _overview(request, _("Series"), shelves.series())


@require_safe
def subject(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Subject, code=code)
    clips = shelves.public_clips().filter(subject=row)
    return _shelf(request, row.name, clips, narrow=f"mon={row.code}")


@require_safe
def grade(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Grade, code=code)
    clips = shelves.public_clips().filter(grades=row)
    return _shelf(request, row.name, clips, narrow=f"lop={row.code}")


@require_safe
def skill(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Skill.objects.select_related("parent"), code=code)
    crumbs = [(row.parent.name, shelves.url_of(row.parent))] if row.parent else []
    return _shelf(
        request,
        row.name,
        shelves.with_skill(row),
        crumbs=crumbs,
        doors=shelves.skills(row),
        narrow=f"ky-nang={row.code}",
    )


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    row = get_object_or_404(UnitPage.objects.live().public(), code=code)
    if (moved := successors.moved(row)) is not None:
        return moved
    above = UnitPage.objects.ancestor_of(row).order_by("depth")
    return _shelf(
        request,
        row.title,
        shelves.below(row),
        crumbs=[(each.title, shelves.url_of(each)) for each in above],
        doors=shelves.units(row),
        kicker=row.kind.name,
        views=counting.total_below(row.path),
        track=track_of_unit(row),
        narrow=f"don-vi={row.code}",
    )


@require_safe
def series(request: HttpRequest, slug: str, series_id: int) -> HttpResponseBase:
    row = get_object_or_404(Series.objects.select_related("unit"), pk=series_id)
    clips = in_series(row)
    if not clips.exists():
        raise Http404
    if row.slug and slug != row.slug:
        return redirect(shelves.url_of(row), permanent=True)
    return _shelf(
        request,
        row.title,
        clips,
        crumbs=[(row.unit.title, shelves.url_of(row.unit))],
        kicker=_("Series"),
        text=row.description,
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    if names := facets.misnamed(request.GET):
        context = {"names": names, "kept_url": without(request.GET, names)}
        return render(request, "catalogue/no_such_filter.html", context, status=400)
    if (later := successors.followed(request.GET)) is not None:
        return redirect(f"{request.path}?{later.urlencode()}")
    page = results_page(request.GET)
    if page["is_unanswered"]:
        sought_in_vain(request, page["query"])
    return render(request, "catalogue/search.html", page)


@require_safe
def clip(request: HttpRequest, slug: str, clip_id: int) -> HttpResponseBase:
    row = get_object_or_404(ClipPage, pk=clip_id)
    if not row.live:
        return _gone(request, row)
    if slug != row.slug:
        query = request.GET.urlencode()
        return redirect(clip_url(row) + (f"?{query}" if query else ""), permanent=True)
    return guarded(
        row,
        request,
        lambda: render(request, "catalogue/watch.html", watch_page(row, request)),
    )


@require_safe
def captions(
    request: HttpRequest, clip_id: int, track_id: int, version: str
) -> HttpResponseBase:
    """Of live clips for everybody, of drafts for those who may see them."""
    row = get_object_or_404(ClipPage.objects.visible_to(request.user), pk=clip_id)
    track = get_object_or_404(CaptionTrack, clip=row, pk=track_id)
    if version != captions_hash(track):
        raise Http404
    response = HttpResponse(track.vtt, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if row.live else "private, no-store"
    return guarded(row, request, lambda: response) if row.live else response


@require_safe
def qr(request: HttpRequest, clip_id: int) -> HttpResponse:
    row = get_object_or_404(ClipPage.objects.live(), pk=clip_id)
    drawing = qr_svg(request.build_absolute_uri(clip_url(row)))
    return HttpResponse(drawing, content_type="image/svg+xml")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Mostly a page that lay open too long, or cookies that are switched off."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /dong-gop/",
        "Disallow: /tim-kiem/",
        "Disallow: /api/v1/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """For a load balancer: this process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


def _gone(request: HttpRequest, row: ClipPage) -> HttpResponse:
    """410 for what was public once; of a draft nobody learns that it is there."""
    if row.first_published_at is None:
        raise Http404
    response = render(request, "catalogue/gone.html", status=410)
    response["Cache-Control"] = "no-store"
    return response


def _overview(
    request: HttpRequest, title: str, doors: list[shelves.Entry]
) -> HttpResponse:
    context = {"title": title, "doors": doors}
    return render(request, "catalogue/overview.html", context)


def _shelf(request: HttpRequest, title: str, clips: Any, **more: Any) -> HttpResponse:
    """One page of a shelf; 404 beyond the last."""
    number = page_number(request.GET)
    pages = Paginator(clips, SHELF_SIZE)
    if number > pages.num_pages or number > LAST_PAGE:
        raise Http404
    page = pages.page(number)
    cards = cards_of(page.object_list)
    context = {"title": title, "page": page, "cards": cards, **more}
    return render(request, "catalogue/shelf.html", context)
