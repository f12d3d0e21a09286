"""Admin pages of reorganisations: a list, a form, and a page that shows and does it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from library.reorganising import applying, spreadsheets
from library.reorganising.forms import PlanForm, line_forms, lines_of, typed_rows
from library.reorganising.models import Reorganisation, State
from library.reorganising.replay import Problem
from library.reorganising.rights import forbidden, holder_of, visible_to
from library.reorganising.screen import screen_of
from library.units.models import UnitPage
from library.units.permissions import Right, paths_where, units_where

PER_PAGE = 30
REASONS = 5  # so many are told at once; the page has all
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AdminRequest(HttpRequest):
    """Wagtail lets nobody else in here."""

    user: User


def reorganises(request: HttpRequest) -> bool:
    return bool(paths_where(request.user, Right.REORGANISE))


def plans(request: AdminRequest) -> QuerySet[Reorganisation]:
    if not reorganises(request):
        raise PermissionDenied
    return visible_to(request.user)


@require_safe
def index(request: AdminRequest) -> HttpResponse:
    page = Paginator(plans(request), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "reorganising/index.html", {"page": page})


@require_safe
def template(request: AdminRequest) -> HttpResponse:
    """An empty spreadsheet with the headings."""
    plans(request)
    book = io.BytesIO()
    spreadsheets.template(book)
    headers = {"Content-Disposition": 'attachment; filename="sap-xep-don-vi.xlsx"'}
    return HttpResponse(book.getvalue(), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AdminRequest) -> HttpResponse:
    plans(request)
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AdminRequest, plan_id: int) -> HttpResponse:
    plan = get_object_or_404(plans(request), pk=plan_id)
    if not plan.is_editable:
        messages.error(request, _("Only a draft can be changed."))
        return redirect("reorganising:plan", plan.pk)
    return _form(request, plan)


def _form(request: AdminRequest, plan: Reorganisation | None) -> HttpResponse:
    """A line that cannot be understood keeps all of it from being stored."""
    data = request.POST or None
    today = None if plan else {"on": timezone.localdate()}
    form = PlanForm(data, request.FILES or None, instance=plan, initial=today)
    formset = line_forms(data, plan)
    problems: list[Problem] = []
    if data and form.is_valid() and formset.is_valid():
        has_file = bool(form.cleaned_data["file"])
        rows = form.rows() if has_file else typed_rows(formset)
        lines, problems = lines_of(rows, form.cleaned_data["on"])
        if not rows and not form.errors:
            problems = [
                Problem(0, _("Write at least one line, or send a spreadsheet."))
            ]
        if not problems and not form.errors:
            return redirect("reorganising:plan", _stored(form, lines, request.user).pk)
    context = {"form": form, "formset": formset, "problems": problems, "plan": plan}
    context["units"] = _units(request.user)
    return render(request, "reorganising/form.html", context)


def _stored(form: PlanForm, lines: list[Any], user: User) -> Reorganisation:
    plan = form.save(commit=False)
    plan.asked = lines
    plan.within = holder_of(lines)
    plan.made_by = plan.made_by or user
    plan.trouble = ""
    plan.save()
    return plan


def _units(user: User) -> QuerySet[UnitPage, Any]:
    """What the fields for codes propose."""
    standing = units_where(user, Right.REORGANISE).filter(ended_on=None)
    return standing.order_by("path").values_list("code", "title")


@require_safe
def plan(request: AdminRequest, plan_id: int) -> HttpResponse:
    """The dry run of a draft; of one that was applied, what it did."""
    row = get_object_or_404(plans(request), pk=plan_id)
    context = {"plan": row, "screen": screen_of(row, request.user)}
    return render(request, "reorganising/plan.html", context)


@require_POST
def apply(request: AdminRequest, plan_id: int) -> HttpResponse:
    def act(plan: Reorganisation) -> str:
        if applying.apply(plan, request.user) == State.WAITING:
            return _("It waits for its day.")
        return _("The reorganisation was applied.")

    return _done(request, plan_id, act)


@require_POST
def undo(request: AdminRequest, plan_id: int) -> HttpResponse:
    def act(plan: Reorganisation) -> str:
        applying.undo(plan, request.user)
        return _("The reorganisation was undone.")

    return _done(request, plan_id, act)


@require_POST
def recall(request: AdminRequest, plan_id: int) -> HttpResponse:
    def act(plan: Reorganisation) -> str:
        applying.recall(plan, request.user)
        return _("It is a draft again.")

    return _done(request, plan_id, act)


def _done(
    request: AdminRequest, plan_id: int, act: Callable[[Reorganisation], str]
) -> HttpResponse:
    """Done as a whole, or refused in words."""
    row = get_object_or_404(plans(request), pk=plan_id)
    try:
        _refuse_forbidden(row, request.user)
        words = act(row)
    except applying.RefusedError as refused:
        why = " ".join(problem.words for problem in refused.problems[:REASONS])
        messages.error(request, _("Nothing was changed. %(why)s") % {"why": why})
    else:
        messages.success(request, words)
    return redirect("reorganising:plan", row.pk)


def _refuse_forbidden(plan: Reorganisation, user: User) -> None:
    if problems := list(forbidden(plan.asked, user)):
        raise applying.RefusedError(problems)


@require_POST
def delete(request: AdminRequest, plan_id: int) -> HttpResponse:
    """A draft alone: what was applied stays on record."""
    row = get_object_or_404(plans(request), pk=plan_id)
    if not row.is_editable:
        messages.error(request, _("Only a draft can be deleted."))
        return redirect("reorganising:plan", row.pk)
    row.delete()
    messages.success(request, _("The draft was deleted."))
    return redirect("reorganising:index")
