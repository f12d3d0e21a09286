"""The admin's pages of the steps of review: where they are set, and one setting."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from library.review import settling
from library.review.chain_forms import ForUnitForm, StepsForm
from library.review.models import ReviewChain
from library.review.views import AdminRequest
from library.units.models import UnitPage


@require_GET
def index(request: AdminRequest) -> HttpResponse:
    """A chosen unit leads to its page; nobody else knows that there is one."""
    if not settling.may_set(request.user):
        raise Http404
    form = ForUnitForm(request.GET or None, units=settling.units(request.user))
    if form.is_valid():
        return redirect("review:chain", form.cleaned_data["unit"].code)
    rows = settling.chains(request.user)
    return render(request, "review/chains.html", {"rows": rows, "form": form})


@require_http_methods(["GET", "POST"])
def edit(request: AdminRequest, code: str) -> HttpResponse:
    unit = get_object_or_404(settling.units(request.user), code=code)
    chain = ReviewChain.objects.filter(unit=unit).first()
    kinds = [step.kind for step in chain.in_order()] if chain else []
    form = StepsForm(request.POST or None, kinds=kinds)
    if "remove" in request.POST:
        return _said(request, unit, settling.remove(unit, request.user))
    if request.method == "POST" and form.is_valid():
        moved = settling.set_steps(unit, form.kinds(), request.user)
        return _said(request, unit, moved)
    waits = settling.waiting_below(unit).count()
    context = {"unit": unit, "chain": chain, "form": form, "waits": waits}
    status = 422 if request.method == "POST" else 200
    return render(request, "review/chain.html", context, status=status)


def _said(request: AdminRequest, unit: UnitPage, moved: int) -> HttpResponse:
    said = _("The steps of review of “%(unit)s” are set.") % {"unit": unit.title}
    if moved:
        went = ngettext(
            "%(count)s clip on its way waits for other reviewers now.",
            "%(count)s clips on their way wait for other reviewers now.",
            moved,
        ) % {"count": moved}
        said = f"{said} {went}"
    messages.success(request, said)
    return redirect("review:chains")
