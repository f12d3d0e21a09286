"""Rights over clips are none over the unit that holds them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from library.units.models import Role, UnitPage
from tests.cast import Cast, member, signed_in


def page_url(name: str, *args: object) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", ["edit", "delete", "move", "copy", "unpublish"])
def test_rights_over_clips_are_none_over_the_unit_itself(
    cast: Cast, role: Role, act: str
) -> None:
    member(cast.nam, cast.school_a, role)
    answer = signed_in(cast.nam).get(page_url(act, cast.school_a.pk))
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("act", ["lock", "unlock", "set_page_position"])
def test_nobody_but_superusers_locks_or_reorders_units(cast: Cast, act: str) -> None:
    member(cast.nam, cast.school_a, Role.ADMIN)
    signed_in(cast.nam).post(page_url(act, cast.school_a.pk))
    unit = UnitPage.objects.get(pk=cast.school_a.pk)
    assert (unit.locked, unit.path) == (False, cast.school_a.path)


def test_nobody_but_superusers_adds_a_unit(cast: Cast) -> None:
    path = page_url("add", "units", "unitpage", cast.school_a.pk)
    assert signed_in(cast.lan).get(path).status_code == 302
    assert signed_in(cast.an).get(path).status_code == 200


def test_what_has_ended_is_not_moved_and_takes_nothing_in(cast: Cast) -> None:
    UnitPage.objects.filter(pk=cast.school_a.pk).update(ended_on="2025-07-01")
    before = UnitPage.objects.get(pk=cast.school_b.pk).path
    client = signed_in(cast.an)
    for moved, to in (
        (cast.school_a, cast.other_district),
        (cast.school_b, cast.school_a),
    ):
        client.post(page_url("move_confirm", moved.pk, to.pk))
    path = page_url("add", "units", "unitpage", cast.school_a.pk)
    assert client.get(path).status_code == 302
    assert UnitPage.objects.get(pk=cast.school_a.pk).path == cast.school_a.path
    assert UnitPage.objects.get(pk=cast.school_b.pk).path == before


def test_a_unit_is_never_copied_not_even_by_a_superuser(cast: Cast) -> None:
    before = UnitPage.objects.count()
    body = {
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": cast.district.pk,
        "copy_subpages": "on",
    }
    answer = signed_in(cast.an).post(page_url("copy", cast.school_a.pk), body)
    assert answer.status_code == 302
    assert UnitPage.objects.count() == before
