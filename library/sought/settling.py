"""Deciding about a question that found nothing: seen to, of no use, or open again."""

from __future__ import annotations

from library.sought.models import Outcome, Settled, Unanswered


def settle(question: Unanswered, outcome: Outcome) -> None:
    """For all weeks up to its own (done), or for good (ignored)."""
    Settled.objects.update_or_create(
        key=question.key, defaults={"outcome": outcome, "week": question.week}
    )


def reopen(question: Unanswered) -> None:
    Settled.objects.filter(key=question.key).delete()
