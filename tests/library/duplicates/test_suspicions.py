"""Pairs are found once, and shown as far as each person may know the other clip."""

from __future__ import annotations

import pytest
from django.utils import timezone

from library import journey
from library.clips.models import ClipPage
from library.duplicates import rulings, suspicions
from library.duplicates.models import Pair, Verdict
from library.units.models import Role
from media_pipeline.jobs.models import Job
from media_pipeline.likeness import prints
from tests.cast import Cast, member
from tests.library.duplicates.factories import (
    OTHER_SHA,
    alike,
    draft_of,
    film,
    published,
)


@pytest.fixture
def lans(cast: Cast) -> ClipPage:
    return draft_of(cast.school_a, cast.lan, "Bài của Lan", sha256="")


@pytest.fixture
def baos(cast: Cast, lans: ClipPage) -> ClipPage:
    """Of a unit that Minh does not curate."""
    return draft_of(cast.school_c, cast.bao, "Bài kín của Bảo", sha256="")


def test_what_has_the_same_fingerprint_is_a_pair_once(
    lans: ClipPage, baos: ClipPage
) -> None:
    pair = alike(lans, baos)
    assert (pair.first, pair.second) == (lans, baos)
    assert (pair.percent, pair.same_file) == (100, False)
    assert suspicions.look(lans) == suspicions.look(baos) == 0
    assert Pair.objects.count() == 1


def test_the_same_bytes_are_a_pair_without_a_fingerprint(cast: Cast) -> None:
    draft_of(cast.school_a, cast.lan)
    other = draft_of(cast.school_b, cast.hoa)
    draft_of(cast.school_b, cast.hoa, sha256=OTHER_SHA)
    assert suspicions.look(other) == 1
    assert Pair.objects.get().same_file


def test_another_film_is_none(lans: ClipPage, baos: ClipPage) -> None:
    assert lans.asset is not None
    assert baos.asset is not None
    prints.keep(lans.asset, film(1, 1))
    prints.keep(baos.asset, film(1, 2))  # the same slides, another voice
    assert suspicions.look(lans) == 0


def test_a_foreign_draft_is_nothing_but_that(
    cast: Cast, lans: ClipPage, baos: ClipPage
) -> None:
    alike(lans, baos)
    (found,) = suspicions.of(lans, cast.minh)
    assert found.beside == suspicions.Side(is_hidden=True)
    assert not found.may_rule
    rulings.write(lans, baos, Verdict.DUPLICATE, timezone.now())
    (found,) = suspicions.of(lans, cast.minh)
    assert found.sentence == ""


def test_what_is_public_is_shown_and_may_be_ruled_on(
    cast: Cast, lans: ClipPage, baos: ClipPage
) -> None:
    alike(lans, published(baos, cast.an))
    (found,) = suspicions.of(lans, cast.minh)
    assert found.beside.title == "Bài kín của Bảo"
    assert found.beside.units[0] == cast.school_c.title
    assert found.beside.playback is not None
    assert found.may_rule
    assert found.is_open


def test_nobody_rules_on_what_they_brought(
    cast: Cast, lans: ClipPage, baos: ClipPage
) -> None:
    member(cast.lan, cast.province, Role.CURATOR)
    alike(lans, baos)
    (found,) = suspicions.of(lans, cast.lan)
    assert not found.beside.is_hidden
    assert not found.may_rule


def test_each_side_reads_the_ruling_its_own_way(
    cast: Cast, lans: ClipPage, baos: ClipPage
) -> None:
    alike(lans, baos)
    rulings.write(baos, lans, Verdict.DUPLICATE, timezone.now())
    (one,) = suspicions.of(lans, cast.an)
    (other,) = suspicions.of(baos, cast.an)
    assert one.sentence != other.sentence
    assert not one.is_open


def test_once_whole_a_clip_gets_its_fingerprint_and_then_is_compared(
    lans: ClipPage, baos: ClipPage
) -> None:
    assert lans.asset is not None
    assert baos.asset is not None
    prints.keep(lans.asset, film(1, 1))
    journey.asset_moved(baos.asset)
    assert Job.objects.filter(kind=prints.KIND).count() == 1
    prints.keep(baos.asset, film(1, 1))
    journey.asset_moved(baos.asset)
    assert Pair.objects.exists()
