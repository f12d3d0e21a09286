"""`recount` says what differs, and with --check changes nothing."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from library.contributions.models import LedgerEntry
from tests.cast import Cast
from tests.factories import published_clip
from tests.tampering import rewritable


def said(*arguments: str) -> str:
    out = io.StringIO()
    call_command("recount", *arguments, stdout=out)
    return out.getvalue()


def test_a_right_ledger_is_said_to_be_right(cast: Cast) -> None:
    published_clip(cast.school_a, cast.lan, cast.an)
    assert "right" in said("--check")


def test_check_fails_with_one_and_changes_nothing(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    with rewritable(LedgerEntry):
        LedgerEntry.objects.all().delete()
    with pytest.raises(CommandError) as failure:
        said("--check")
    assert failure.value.returncode == 1
    assert not LedgerEntry.objects.exists()
    assert f"clip {clip.pk}" in said()
    assert LedgerEntry.objects.count() == 1
    assert "right" in said("--check")


def test_all_three_kinds_of_difference_are_told_apart(cast: Cast) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    with rewritable(LedgerEntry):
        LedgerEntry.objects.update(clip_number=clip.pk + 1000)
    told = said()
    assert "not in the ledger" in told
    assert "was not live" in told
