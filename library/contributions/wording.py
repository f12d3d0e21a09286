"""What a letter about contributions says: who writes, of what, and the sums in words."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from library.contributions.goals import State
from library.contributions.letters import Letter
from library.contributions.rollup import Question, Reading, Report, UnitRow
from library.contributions.spans import Against
from library.contributions.tables import Shape, Table, text_of


def letter_of(report: Report, table: Table) -> Letter:
    """From the unit that the table is about; of several, from the library."""
    tops = report.tops
    about = tops[0] if len(tops) == 1 else None
    return Letter(
        sender=about.name if about else settings.WAGTAIL_SITE_NAME,
        above=_above(report, about),
        subject=table.title,
        paragraphs=tuple(_paragraphs(report)),
        table=replace(table, notes=(*table.notes, *notes_of(report.question))),
        day=report.question.as_of,
    )


def notes_of(asked: Question) -> list[str]:
    """How the numbers came about."""
    by = {
        Reading.NOW: _("Units stand under each other as organised today."),
        Reading.THEN: _("Units stand under each other as organised at the time."),
    }
    ledger = _("The ledger as of %(day)s.") % {"day": text_of(asked.as_of)}
    counts = _("Approved clips are counted, each once.")
    return [" ".join((counts, ledger, by[asked.tree]))]


def _above(report: Report, about: UnitRow | None) -> str:
    return report.names.get(about.parent or "", "") if about else ""


def _paragraphs(report: Report) -> list[str]:
    asked = report.question
    period = asked.span.words if asked.span else _("all time")
    said = [
        _("Counted clips, %(period)s: %(total)s.")
        % {"period": period, "total": text_of(report.total)}
    ]
    said += _compared(report)
    if asked.campaign:
        said.append(_campaign(report))
    return said


def _compared(report: Report) -> list[str]:
    now, *others = report.totals
    words = {
        Against.BEFORE: _("The period before, %(period)s: %(then)s (%(change)s)."),
        Against.YEAR: _("A year before, %(period)s: %(then)s (%(change)s)."),
    }
    return [
        words[each.against]
        % {
            "period": each.span.words,
            "then": text_of(then),
            "change": text_of(now - then, Shape.CHANGE),
        }
        for each, then in zip(report.question.compared, others, strict=True)
    ]


def _campaign(report: Report) -> str:
    campaign, as_of = report.question.campaign, report.question.as_of
    assert campaign is not None  # noqa: S101
    states = [row.state for row in report.units if row.state]
    return _(
        "Campaign “%(name)s” (%(first)s–%(last)s, %(elapsed)d %% of its time gone): "
        "%(met)d of %(all)d targets met, %(behind)d units behind."
    ) % {
        "name": campaign.name,
        "first": text_of(campaign.starts_on),
        "last": text_of(campaign.ends_on),
        "elapsed": round(campaign.elapsed(as_of) * 100),
        "met": states.count(State.MET),
        "all": len(states),
        "behind": states.count(State.BEHIND),
    }
