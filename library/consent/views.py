"""A clip's page about consent, and the queue of reported problems in Wagtail's admin."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from library import journey
from library.clips.models import ClipPage
from library.consent import cases, papers, people, problems
from library.consent.forms import (
    AnswerForm,
    GivenAnewForm,
    PersonForm,
    WithdrawalForm,
)
from library.consent.models import PersonSeen, Problem
from library.units.permissions import Right, may

PER_PAGE = 50


class SignedIn(HttpRequest):
    """Nobody else gets past `login_required`, or into Wagtail's admin."""

    user: User


# --- a clip's page about consent ------------------------------------------------------


@login_required
@never_cache
@require_safe
def clip(request: SignedIn, clip_id: int) -> HttpResponse:
    found = _kept(request, clip_id)
    context = {
        "clip": found,
        "case": cases.open_of(found),
        "people": [
            (one, papers.may_see(one, request.user)) for one in people.of(found)
        ],
        "is_complete": found.has_complete_consent,
        "past": found.consent_cases.exclude(closed_at=None),
    }
    return render(request, "consent/clip.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, clip_id: int) -> HttpResponse:
    found = _kept(request, clip_id)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        _withdraw(request, found, form.cleaned_data["why"])
        return redirect("consent:clip", clip_id)
    context = {"clip": found, "form": form}
    return render(request, "consent/withdraw.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "POST"])
def give_anew(request: SignedIn, clip_id: int) -> HttpResponse:
    found = _kept(request, clip_id)
    if cases.open_of(found) is None:
        return redirect("consent:clip", clip_id)
    form = GivenAnewForm(request.POST or None)
    if form.is_valid():
        journey.consent_given_anew(found, request.user, form.cleaned_data["how"])
        messages.success(
            request,
            _("Written down. The video is prepared anew; then submit it for review."),
        )
        return redirect("consent:clip", clip_id)
    context = {"clip": found, "form": form}
    return render(request, "consent/give_anew.html", context, status=_status(form))


# --- who is seen ----------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def add_person(request: SignedIn, clip_id: int) -> HttpResponse:
    return _person_page(request, PersonSeen(clip=_kept(request, clip_id)))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def person(request: SignedIn, person_id: int) -> HttpResponse:
    return _person_page(request, _seen(request, person_id))


@login_required
@require_POST
def remove(request: SignedIn, person_id: int) -> HttpResponse:
    found = _seen(request, person_id)
    try:
        people.remove(found, request.user)
    except people.WouldBeIncompleteError as refused:
        messages.error(request, str(refused))
    return redirect("consent:clip", found.clip_id)


@login_required
@never_cache
@require_safe
def paper(request: SignedIn, person_id: int) -> FileResponse:
    """Never shown by the browser on our own pages: it is saved, and opened elsewhere."""
    found = _seen(request, person_id)
    if not found.paper or not papers.may_see(found, request.user):
        raise Http404
    return FileResponse(
        papers.opened(found, request.user),
        as_attachment=True,
        filename=f"dong-y-{found.pk}.{found.paper_kind}",
        content_type=papers.CONTENT_TYPES[found.paper_kind],
        headers={"X-Content-Type-Options": "nosniff"},
    )


# --- the queue ------------------------------------------------------------------------


@require_safe
def queue(request: SignedIn) -> HttpResponse:
    if not problems.answers_any(request.user):
        raise Http404
    state = request.GET.get("state", Problem.State.NEW)
    rows = problems.answerable(request.user)
    if state in Problem.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {"page": page, "state": state, "states": Problem.State.choices}
    return render(request, "consent/queue.html", context)


@require_http_methods(["GET", "POST"])
def problem(request: SignedIn, problem_id: int) -> HttpResponse:
    found = _answerable(request, problem_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        if journey.problem_answered(found, request.user, words):
            messages.success(
                request, _("Your answer is kept, and mailed if it can be.")
            )
        else:
            messages.error(request, _("Somebody has answered already."))
        return redirect("problems:problem", problem_id)
    context = {
        "problem": found,
        "form": form,
        "may_withdraw": may(request.user, Right.KEEP_CONSENT, found.clip)
        and cases.open_of(found.clip) is None,
    }
    return render(request, "consent/problem.html", context, status=_status(form))


@require_POST
def done(request: SignedIn, problem_id: int) -> HttpResponse:
    if journey.problem_done(_answerable(request, problem_id), request.user):
        messages.success(request, _("Done: nothing is left to do about it."))
    return redirect("problems:queue")


@require_http_methods(["GET", "POST"])
def withdraw_for(request: SignedIn, problem_id: int) -> HttpResponse:
    """Who is seen in the clip asked for it: one act, after one question."""
    found = _answerable(request, problem_id)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        _withdraw(request, found.clip, form.cleaned_data["why"], found)
        return redirect("problems:problem", problem_id)
    context = {"problem": found, "form": form}
    return render(request, "consent/withdraw_for.html", context, status=_status(form))


# --- parts ----------------------------------------------------------------------------


def _kept(request: SignedIn, clip_id: int) -> ClipPage:
    found: ClipPage = get_object_or_404(ClipPage, pk=clip_id)
    if not may(request.user, Right.KEEP_CONSENT, found):
        raise Http404
    return found


def _seen(request: SignedIn, person_id: int) -> PersonSeen:
    found = get_object_or_404(PersonSeen.objects.select_related("clip"), pk=person_id)
    _kept(request, found.clip_id)
    return found


def _person_page(request: SignedIn, found: PersonSeen) -> HttpResponse:
    form = PersonForm(request.POST or None, request.FILES or None, instance=found)
    if form.is_valid():
        row = PersonSeen.objects.get(pk=found.pk) if found.pk else found
        try:
            people.write(row, request.user, form.cleaned_data)
        except people.WouldBeIncompleteError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("consent:clip", found.clip_id)
    context = {"clip": found.clip, "person": found, "form": form}
    return render(request, "consent/person.html", context, status=_status(form))


def _answerable(request: SignedIn, problem_id: int) -> Problem:
    return get_object_or_404(problems.answerable(request.user), pk=problem_id)


def _withdraw(
    request: SignedIn, found: ClipPage, why: str, of: Problem | None = None
) -> None:
    if journey.consent_withdrawn(found, request.user, why, of):
        messages.success(request, _("The clip and all its files have left the public."))
    else:
        messages.info(request, _("Consent had been withdrawn already."))


def _status(form: AnswerForm | GivenAnewForm | PersonForm | WithdrawalForm) -> int:
    return 422 if form.is_bound else 200
