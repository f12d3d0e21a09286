"""What several people do in the same moment comes out as if one had waited for the other."""

from __future__ import annotations

import datetime
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from wagtail.models import TaskState

from library import journey
from library.clips.models import ClipPage, Consent
from library.consent import people
from library.consent.models import PersonSeen
from library.contributions import delegating, freezing, recount, spans
from library.contributions.models import (
    Campaign,
    FrozenFigure,
    FrozenMonth,
    LedgerEntry,
    Target,
)
from library.duplicates import suspicions
from library.duplicates.models import Pair, Ruling, Verdict
from library.reorganising import applying
from library.reorganising.lines import Line
from library.reorganising.models import Reorganisation, State
from library.review import chain, settling, setup, withdrawal
from library.review.errors import RefusedError
from library.review.steps import ReviewChain
from library.units import members
from library.units.models import Membership, Role, UnitPage
from tests.cast import Cast, member, person
from tests.factories import playable_clip
from tests.library.duplicates import factories as same_bytes
from tests.races import at_once, errors, midway

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ROUNDS = 4 if connection.vendor == "postgresql" else 1  # on SQLite writers queue up


@pytest.fixture(autouse=True)
def reviews(cast: Cast, local_storages: Path) -> None:
    setup.ensure_workflow()


PAGE_IS_WRITTEN = 'UPDATE "wagtailcore_page"'
IS_COUNTED = 'INSERT INTO "contributions_ledgerentry"'


def waiting(clip: ClipPage) -> ClipPage:
    chain.submit(clip, clip.owner)
    return clip


def approve(clip: ClipPage, cast: Cast) -> None:
    state = chain.waiting_step(clip)
    assert state is not None
    chain.approve(state, cast.minh)


def is_public(clip: ClipPage) -> bool:
    return bool(ClipPage.objects.get(pk=clip.pk).live)


# --- approving ------------------------------------------------------------------------


def test_of_two_clips_of_the_same_bytes_one_is_counted(cast: Cast) -> None:
    for number in range(ROUNDS):
        sha256 = f"{number:064x}"
        pair = [
            waiting(same_bytes.draft_of(unit, owner, sha256=sha256))
            for unit, owner in ((cast.school_a, cast.lan), (cast.school_a, cast.lan))
        ]
        said = at_once(*(partial(approve, clip, cast) for clip in pair))
        assert errors(said) == []
        assert all(map(is_public, pair))
        rows = LedgerEntry.objects.filter(clip__in=pair)
        assert rows.count() == 1
        ruling = Ruling.objects.get(clip__in=pair)
        assert {ruling.clip, ruling.other} == set(pair)
        assert ruling.other == rows.get().clip
    assert recount.differences() == []


def test_a_clip_whose_consent_is_withdrawn_never_stays_public(cast: Cast) -> None:
    for _ in range(ROUNDS):
        clip = waiting(playable_clip(cast.school_a, cast.lan))
        said = at_once(
            partial(approve, clip, cast),
            partial(journey.consent_withdrawn, clip, cast.lan, "Mẹ em gọi điện"),
        )
        assert said[1] is True
        assert errors(said) in ([], [RefusedError])
        assert not is_public(clip)
        assert not LedgerEntry.objects.open().filter(clip=clip).exists()
    assert recount.differences() == []


def test_nobody_who_is_seen_is_struck_out_while_a_clip_goes_public(cast: Cast) -> None:
    clip = playable_clip(cast.school_a, cast.lan, consent=Consent.ON_FILE)
    day = datetime.date(2026, 1, 1)
    seen = PersonSeen.objects.create(
        clip=clip, guardian_agreed_on=day, child_agreed_on=day
    )
    waiting(clip)
    said = midway(
        partial(approve, clip, cast),
        PAGE_IS_WRITTEN,
        partial(people.remove, seen, cast.lan),
    )
    assert errors(said) == [people.WouldBeIncompleteError]
    assert is_public(clip)
    assert clip.has_complete_consent


def test_what_is_ruled_a_duplicate_while_it_goes_public_is_not_counted(
    cast: Cast,
) -> None:
    first = same_bytes.draft_of(cast.school_a, cast.lan, sha256="")
    second = same_bytes.draft_of(cast.school_a, cast.lan, sha256="")
    same_bytes.published(first, cast.an)
    waiting(second)
    Pair.objects.create(first=first, second=second, percent=90)
    (found,) = suspicions.of(second, cast.minh)
    rule = partial(journey.ruled, found, cast.an, Verdict.DUPLICATE, "Cùng bài", "")
    said = midway(partial(approve, second, cast), IS_COUNTED, rule)
    assert errors(said) == []
    assert is_public(second)
    assert [row.clip for row in LedgerEntry.objects.open()] == [first]
    assert recount.differences() == []


def test_what_is_submitted_twice_waits_once(cast: Cast) -> None:
    for _ in range(ROUNDS):
        clip = playable_clip(cast.school_a, cast.lan)
        said = at_once(*2 * [partial(chain.submit, clip, cast.lan)])
        assert errors(said) == [RefusedError]
        waits = TaskState.objects.filter(
            workflow_state__object_id=str(clip.pk),
            status=TaskState.STATUS_IN_PROGRESS,
        )
        assert waits.count() == 1


def test_a_file_that_ends_while_consent_is_withdrawn_waits_for_nobody(
    cast: Cast,
) -> None:
    session = journey.upload_started(cast.lan, cast.school_a, "bai.mp4", 3)
    session.staging_path.write_bytes(b"123")
    said = midway(
        partial(journey.received, session),
        'INSERT INTO "media_pipeline_asset"',
        partial(journey.consent_withdrawn, session.clip, cast.lan, "Mẹ em gọi điện"),
    )
    assert errors(said) == []
    clip = ClipPage.objects.get(pk=session.clip.pk)
    assert clip.asset is not None
    assert clip.asset.is_withheld


# --- people ---------------------------------------------------------------------------


def admins(cast: Cast) -> tuple[Membership, Membership]:
    """The only two of a unit."""
    unit = UnitPage.objects.get(pk=cast.other_district.pk)
    Membership.objects.filter(unit=unit, role=Role.ADMIN).delete()
    one, other = (person(f"quan-tri-{next(NUMBERS)}") for _ in range(2))
    return member(one, unit, Role.ADMIN), member(other, unit, Role.ADMIN)


def how_many_are_left(cast: Cast) -> int:
    return members.people(cast.other_district, Role.ADMIN).count()


NUMBERS = count(1)


def test_of_two_admins_who_leave_one_stays(cast: Cast) -> None:
    for _ in range(ROUNDS):
        said = at_once(
            *(partial(members.end, held, held.user) for held in admins(cast))
        )
        assert errors(said) == [members.LastAdminError]
        assert how_many_are_left(cast) == 1


def test_two_admins_who_end_each_other_leave_one(cast: Cast) -> None:
    today = timezone.localdate()
    week = datetime.timedelta(days=7)
    by_dates = partial(members.change_dates, valid_from=today - week, valid_until=today)
    for how in (members.end, by_dates):
        for _ in range(ROUNDS):
            one, other = admins(cast)
            said = at_once(partial(how, one, other.user), partial(how, other, one.user))
            assert errors(said) == [PermissionDenied]
            assert how_many_are_left(cast) == 1


def test_two_who_are_the_first_of_their_role_at_a_unit_share_its_group(
    cast: Cast,
) -> None:
    today = timezone.localdate()
    for role in (Role.ADMIN, Role.CURATOR, Role.CONTRIBUTOR):
        pair = [person(f"nguoi-{next(NUMBERS)}") for _ in range(2)]
        grant = partial(members.grant, unit=cast.school_c, role=role, valid_from=today)
        said = at_once(*(partial(grant, user) for user in pair))
        assert errors(said) == []
        groups = [user.groups.get() for user in pair]
        assert groups[0] == groups[1]


def test_a_role_given_while_all_get_their_groups_keeps_its_group(cast: Cast) -> None:
    today = timezone.localdate()
    give = partial(
        members.grant, cast.nam, cast.school_a, Role.CONTRIBUTOR, valid_from=today
    )
    said = midway(members.refresh, 'FROM "auth_user_groups"', give)
    assert errors(said) == []
    assert cast.nam.groups.exists()


# --- figures and rules ---------------------------------------------------------------------------


def test_a_month_is_signed_once(cast: Cast) -> None:
    last = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    for back in range(ROUNDS):
        day = last - datetime.timedelta(days=31 * back)
        month = spans.month(day.year, day.month)
        said = at_once(*2 * [partial(freezing.freeze, cast.district, month, cast.an)])
        assert errors(said) == [freezing.NotFrozenError]
        signed = FrozenMonth.objects.get(month=month.first)
        assert FrozenFigure.objects.filter(frozen=signed).count() == 3


def test_targets_that_are_passed_on_twice_stand_once(cast: Cast) -> None:
    day = timezone.localdate()
    campaign = Campaign.objects.create(name="Năm nay", starts_on=day, ends_on=day)
    wanted = {cast.school_a.pk: 5, cast.school_b.pk: 4}
    for _ in range(ROUNDS):
        found = delegating.delegation(campaign, cast.district)
        give = partial(delegating.delegate, found, wanted, {}, cast.an)
        assert errors(at_once(give, give)) == []
        targets = Target.objects.values_list("unit", "clips")
        assert sorted(targets) == sorted(wanted.items())
        Target.objects.all().delete()


def test_of_two_ways_of_review_one_holds(cast: Cast) -> None:
    kinds = [cast.district.kind, cast.province.kind]
    settling.set_steps(cast.province, kinds, cast.an)
    for _ in range(ROUNDS):
        said = at_once(
            partial(settling.set_steps, cast.province, kinds, cast.an),
            partial(settling.set_steps, cast.province, kinds[:1], cast.an),
        )
        assert errors(said) == []
        steps = ReviewChain.objects.get(unit=cast.province).in_order()
        assert [step.kind for step in steps] in (kinds, kinds[:1])


# --- reorganising ---------------------------------------------------------------------


def moving(cast: Cast, parent: str, *, state: State = State.DRAFT) -> Reorganisation:
    today = timezone.localdate()
    plan = Reorganisation(name="Sắp xếp", on=today, made_by=cast.an, state=state)
    plan.asked = [Line(number=1, code="thpt-hung-vuong", on=today, parent=parent)]
    plan.save()
    return plan


def above(code: str) -> str:
    page = UnitPage.objects.get(code=code).get_parent()
    return str(page.specific.code)


@pytest.fixture
def aged(cast: Cast) -> None:
    for rows in ("names", "parents", "kinds"):
        for unit in UnitPage.objects.all():
            getattr(unit, rows).update(valid_from=datetime.date(2021, 1, 1))


@pytest.mark.usefixtures("aged")
def test_a_reorganisation_is_applied_once_and_undone_once(cast: Cast) -> None:
    plan = moving(cast, "bu-dang")
    said = at_once(*2 * [partial(applying.apply, plan, cast.an)])
    assert errors(said) == [applying.RefusedError]
    assert above("thpt-hung-vuong") == "bu-dang"
    said = at_once(*2 * [partial(applying.undo, plan, cast.an)])
    assert errors(said) == [applying.RefusedError]
    assert above("thpt-hung-vuong") == "dong-xoai"
    assert UnitPage.find_problems() == ([], [], [], [], [])


@pytest.mark.usefixtures("aged")
def test_what_is_due_is_applied_once_and_stays_applied(cast: Cast) -> None:
    plan = moving(cast, "bu-dang", state=State.WAITING)
    said = at_once(applying.due, applying.due, partial(applying.apply, plan, cast.an))
    plan.refresh_from_db()
    assert errors(said) in ([], [applying.RefusedError])
    assert plan.state == State.APPLIED
    assert plan.trouble == ""
    assert above("thpt-hung-vuong") == "bu-dang"


@pytest.mark.usefixtures("aged")
def test_a_clip_goes_public_while_its_unit_moves(cast: Cast) -> None:
    for parent in ("bu-dang", "dong-xoai"):
        clips = [waiting(playable_clip(cast.school_b, cast.hoa)) for _ in range(3)]
        plan = moving(cast, parent)
        said = at_once(
            partial(applying.apply, plan, cast.an),
            *(partial(chain.approve_at_every_step, clip, cast.an) for clip in clips),
        )
        assert errors(said) == []
        assert all(map(is_public, clips))
        assert UnitPage.find_problems() == ([], [], [], [], [])
        school = UnitPage.objects.get(code="thpt-hung-vuong")
        assert set(clips) <= set(ClipPage.objects.child_of(school))


@pytest.mark.usefixtures("aged")
def test_a_clip_that_is_taken_down_while_its_unit_moves_goes_along(cast: Cast) -> None:
    clip = waiting(playable_clip(cast.school_b, cast.hoa))
    chain.approve_at_every_step(clip, cast.an)
    live = ClipPage.objects.get(pk=clip.pk)
    plan = moving(cast, "bu-dang")
    said = midway(
        partial(withdrawal.of_refused_video, live, "Hỏng"),
        PAGE_IS_WRITTEN,
        partial(applying.apply, plan, cast.an),
    )
    assert errors(said) == []
    assert not is_public(clip)
    assert UnitPage.find_problems() == ([], [], [], [], [])
    school = UnitPage.objects.get(code="thpt-hung-vuong")
    assert list(ClipPage.objects.child_of(school)) == [clip]
