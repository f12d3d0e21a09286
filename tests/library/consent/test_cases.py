"""Withdrawn consent: who writes it down, what it does at once, and the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import PageLogEntry

from library import journey
from library.clips import drafts, gate
from library.clips.models import ClipPage
from library.consent import cases
from library.consent.models import ConsentCase
from library.contributions.models import LedgerEntry
from library.review import chain, setup
from library.review.errors import RefusedError
from library.review.inbox import Notice
from library.units.models import Role
from media_pipeline import steps, storage
from media_pipeline.jobs import worker
from media_pipeline.models import Asset
from tests.cast import Cast, member, person
from tests.clips import clip as film
from tests.factories import playable_clip, published_clip

WHY = "Mẹ của một em trong lớp gọi điện"


@pytest.fixture
def live(cast: Cast, local_storages: Path) -> ClipPage:
    return published_clip(cast.school_a, cast.lan, cast.an)


def fresh(clip: ClipPage) -> ClipPage:
    found: ClipPage = ClipPage.objects.get(pk=clip.pk)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["lan", "minh", "an"])
def test_the_units_people_and_those_above_withdraw(
    cast: Cast, live: ClipPage, who: str
) -> None:
    assert journey.consent_withdrawn(live, getattr(cast, who), WHY)
    assert not fresh(live).live
    case = ConsentCase.objects.get()
    assert (case.why, case.opened_by) == (WHY, getattr(cast, who))


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["hoa", "tu", "bao", "nam"])
def test_nobody_else_does(cast: Cast, live: ClipPage, who: str) -> None:
    with pytest.raises(PermissionDenied):
        journey.consent_withdrawn(live, getattr(cast, who), WHY)
    assert fresh(live).live
    with pytest.raises(PermissionDenied):
        journey.consent_given_anew(live, getattr(cast, who), WHY)


@pytest.mark.django_db
def test_the_page_says_gone_and_the_ledger_closes_in_neutral_words(
    cast: Cast, live: ClipPage, client: Client
) -> None:
    address = f"/{live.public_path()}"
    assert client.get(address).status_code == 200
    journey.consent_withdrawn(live, cast.lan, WHY)
    assert client.get(address).status_code == 410
    row = LedgerEntry.objects.get(clip=live)
    assert row.withdrawn_from is not None
    assert row.withdrawn_why == "Sự đồng ý đã được rút lại"
    for path in ("/", "/sitemap.xml", "/api/v1/search?q=phuong+trinh"):
        assert live.title not in client.get(path).content.decode()


@pytest.mark.django_db
def test_the_words_stay_in_the_row_and_in_no_log(cast: Cast, live: ClipPage) -> None:
    journey.consent_withdrawn(live, cast.lan, WHY)
    entry = PageLogEntry.objects.get(action=cases.WITHDRAW)
    assert entry.user == cast.lan
    assert entry.data == {"before": {"consent": True}, "after": {"consent": False}}
    assert not PageLogEntry.objects.filter(data__icontains="Mẹ").exists()


def notices(kind: str) -> set[str]:
    told = Notice.objects.filter(kind=kind)
    assert not any(WHY in row.subject + row.body for row in told)
    return {row.user.username for row in told}


@pytest.mark.django_db
def test_a_withdrawal_is_told_to_those_above_and_to_the_units_people(
    cast: Cast, live: ClipPage
) -> None:
    member(person("admin-d"), cast.district, Role.ADMIN)
    member(person("mai"), cast.school_a, Role.CONTRIBUTOR)
    journey.consent_withdrawn(live, cast.an, WHY)
    assert notices("withdrawn") == {"lan"}
    assert notices("consent") == {"minh", "admin-d"}
    body = Notice.objects.get(kind="withdrawn").body
    assert "Lý do: Sự đồng ý đã được rút lại" in body


@pytest.mark.django_db
def test_of_a_draft_its_own_people_hear_too_and_nobody_twice(
    cast: Cast, live: ClipPage
) -> None:
    draft = playable_clip(cast.school_a, cast.lan, "Bản nháp")
    member(person("admin-a"), cast.school_a, Role.ADMIN)
    journey.consent_withdrawn(draft, cast.minh, WHY)
    assert notices("consent") == {"lan", "admin-a"}
    assert notices("withdrawn") == set()
    assert not journey.consent_withdrawn(draft, cast.an, "Lần nữa")
    assert Notice.objects.filter(kind="consent").count() == 2


@pytest.mark.django_db
def test_whoever_withdraws_it_is_told_nothing(cast: Cast, live: ClipPage) -> None:
    journey.consent_withdrawn(live, cast.lan, WHY)
    assert (notices("withdrawn"), notices("consent")) == (set(), {"minh"})


@pytest.mark.django_db
def test_a_second_withdrawal_changes_nothing(cast: Cast, live: ClipPage) -> None:
    assert journey.consent_withdrawn(live, cast.lan, WHY)
    assert not journey.consent_withdrawn(live, cast.minh, "Lần nữa")
    assert ConsentCase.objects.get().why == WHY
    assert PageLogEntry.objects.filter(action=cases.WITHDRAW).count() == 1


@pytest.mark.django_db
def test_what_is_withdrawn_is_neither_submitted_nor_approved(
    cast: Cast, local_storages: Path
) -> None:
    setup.ensure_workflow()
    clip = playable_clip(cast.school_a, cast.lan)
    chain.submit(clip, cast.lan)
    journey.consent_withdrawn(clip, cast.minh, WHY)
    with pytest.raises(RefusedError):
        chain.approve_at_every_step(fresh(clip), cast.an)
    assert gate.CONSENT_WITHDRAWN in gate.obstacles(fresh(clip))
    assert not fresh(clip).live


@pytest.mark.django_db
def test_an_approval_in_that_very_moment_does_not_stand(
    cast: Cast, live: ClipPage
) -> None:
    """It had looked before the case was opened, and writes after."""
    ConsentCase.objects.create(clip=live, why=WHY)
    journey.published(live)
    assert not fresh(live).live
    assert not LedgerEntry.objects.open().filter(clip=live).exists()


@pytest.mark.django_db
def test_given_anew_it_is_a_draft_that_needs_a_new_review(
    cast: Cast, live: ClipPage
) -> None:
    journey.consent_withdrawn(live, cast.lan, WHY)
    assert journey.consent_given_anew(live, cast.lan, "Hai phụ huynh ký lại")
    assert not journey.consent_given_anew(live, cast.lan, "Lần nữa")
    again = fresh(live)
    assert not again.live
    assert not gate.is_approved(again)
    assert gate.CONSENT_WITHDRAWN not in gate.obstacles(again)
    case = ConsentCase.objects.get()
    assert (case.how, case.closed_by) == ("Hai phụ huynh ký lại", cast.lan)
    assert PageLogEntry.objects.filter(action=cases.GIVE_ANEW).count() == 1


@pytest.mark.ffmpeg
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.usefixtures("any_storages")
def test_the_whole_way_with_real_files(cast: Cast) -> None:
    """Published, withdrawn, given anew, reviewed again: files come and go with it."""
    setup.ensure_workflow()
    clip = playable_clip(cast.school_a, cast.lan)
    shutil.copy(film("camera"), Path(django_settings.STAGING_DIR) / "one")
    drafts.attach(clip, steps.receive("one", "one.mp4", 1))
    worker.drain()
    chain.submit(fresh(clip), cast.lan)
    chain.approve_at_every_step(fresh(clip), cast.an)
    assert fresh(clip).live
    journey.consent_withdrawn(fresh(clip), cast.lan, WHY)
    assert not list(storage.stored_packages())
    journey.consent_given_anew(fresh(clip), cast.lan, "Đã ký lại")
    worker.drain()
    assert Asset.objects.get(clip=clip).is_whole
    assert not fresh(clip).live
    chain.submit(fresh(clip), cast.lan)
    chain.approve_at_every_step(fresh(clip), cast.an)
    assert fresh(clip).live
    assert LedgerEntry.objects.filter(clip=clip).count() == 2
