"""A clip belongs to its unit: whoever made it may leave, and even the account may go."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from library.clips.models import ClipPage
from library.contributions import ledger
from library.contributions.models import LedgerEntry
from library.review import chain, setup
from library.units import members
from library.units.models import Role
from library.uploads.models import UploadSession
from tests.cast import Cast, member, person, signed_in
from tests.factories import playable_clip, published_clip


def counted() -> list[tuple[int, str, object]]:
    rows = LedgerEntry.objects.filter(withdrawn_from=None).order_by("pk")
    return list(rows.values_list("unit", "clip_title", "counted_from"))


def leaves(cast: Cast, way: str) -> None:
    if way == "role ended":
        members.revoke(cast.lan.memberships.get())
    else:
        path = reverse("wagtailusers_users:delete", args=[cast.lan.pk])
        signed_in(cast.an).post(path)
        assert not User.objects.filter(pk=cast.lan.pk).exists()


@pytest.mark.parametrize("way", ["role ended", "account deleted"])
def test_the_clips_and_counts_of_the_unit_stay(cast: Cast, way: str) -> None:
    clip = published_clip(cast.school_a, cast.lan, cast.an)
    ledger.count(clip)
    before = counted()
    assert len(before) == 1
    leaves(cast, way)
    assert counted() == before
    left = ClipPage.objects.get(pk=clip.pk)
    assert left.live
    assert left.get_parent().pk == cast.school_a.pk


@pytest.mark.parametrize("way", ["role ended", "account deleted"])
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.ADMIN])
def test_another_goes_on_with_the_draft(cast: Cast, way: str, role: Role) -> None:
    """A contributor of the unit to the end; who administers it mends its details."""
    setup.ensure_workflow()
    draft = playable_clip(cast.school_a, cast.lan)
    UploadSession.objects.create(
        owner=cast.lan,
        clip=draft,
        file_name="bai-giang.mp4",
        size=9,
        expires_at=timezone.now() - datetime.timedelta(1),
    )
    leaves(cast, way)
    heir = person("ke-tuc")
    member(heir, cast.school_a, role)
    client = signed_in(heir)
    path = reverse("uploads:clip", args=[draft.pk])
    everything = client.get(reverse("uploads:my_clips"), {"don-vi": ""})
    assert draft.title in everything.content.decode()
    page = client.get(path)
    assert page.status_code == 200
    assert 'name="title"' in page.content.decode()
    if role == Role.CONTRIBUTOR:
        chain.submit(ClipPage.objects.get(pk=draft.pk), heir)
        assert chain.waiting_step(ClipPage.objects.get(pk=draft.pk)) is not None
    assert signed_in(cast.hoa).get(path).status_code == 404


def test_whoever_left_reaches_the_clips_no_more(cast: Cast) -> None:
    draft = playable_clip(cast.school_a, cast.lan)
    leaves(cast, "role ended")
    path = reverse("uploads:clip", args=[draft.pk])
    assert signed_in(cast.lan).get(path).status_code == 404
