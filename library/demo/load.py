"""Loads the demo: structure at once, then clip after clip through the real journey."""

from __future__ import annotations

import datetime
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle, zip_longest
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from library import founding, journey
from library.clips.models import ClipKind, ClipPage, Consent, Grade, Skill, Subject
from library.contributions.models import Campaign, Target
from library.demo import film, lessons, logins, people
from library.demo.lessons import Lesson
from library.reorganising import seed as reorganisations
from library.review import chain
from library.review.models import Reason
from library.units import history, seed
from library.units.models import Role, UnitKind, UnitPage
from library.units.permissions import Right, may
from library.uploads.manifest import Entry
from media_pipeline.jobs import worker

UPPER_SCHOOL, LOWER_SCHOOL = "doan-truong", "lien-doi"
PROVINCE = "binh-phuoc"
UNDER_WAY = ("waiting", "changes", "waiting", "draft")


@dataclass(frozen=True)
class Plan:
    """A lesson, where it comes from, and what a demo's visitor shall see of it."""

    lesson: Lesson
    unit: UnitPage
    owner: User
    curator: User
    ends: str  # "published", "waiting", "changes" or "draft"


def load(clips: int, tell: Callable[[int, int], None]) -> None:
    """Makes what is missing of the first `clips` lessons and of those under way.

    `tell` is called with (done, all) as the work goes on. Other workers may take part.
    """
    structure()
    plans = list(_plans(clips))
    open_plans: list[Plan] = []
    for plan in plans:
        _bring(plan)
        open_plans = _gone_on([*open_plans, plan])
        tell(len(plans) - len(open_plans), len(plans))
    while open_plans:
        time.sleep(0.5)
        open_plans = _gone_on(open_plans)
        tell(len(plans) - len(open_plans), len(plans))
    worker.drain()


def _gone_on(plans: list[Plan]) -> list[Plan]:
    """Works on what is due, answers what can be answered; the plans still open."""
    worker.drain()
    return [plan for plan in plans if not _is_reviewed(plan)]


def structure() -> None:
    """Units, lists, people and the campaign: seconds, and the site can be browsed."""
    library = founding.found()
    seed.load_units(library)
    admin = people.superuser()
    province = UnitPage.objects.get(code=PROVINCE)
    people.holder(province, Role.ADMIN, logins.PROVINCE.username)
    below = [pk for pk, above in _tree().items() if above == province.pk]
    for unit in UnitPage.objects.filter(pk__in=below).order_by("pk"):
        people.holder(unit, Role.CURATOR, f"duyet.{_short(unit)}")
    _campaign(province)
    reorganisations.draft_of(by=admin)  # July 2025, to be looked at and applied
    admin.refresh_from_db()


def _tree() -> Mapping[int, int | None]:
    """As it was loaded, whatever has been reorganised since."""
    return history.parents_on(people.SINCE)


def _campaign(province: UnitPage) -> None:
    """The plan's own goal, in the school year that it is now."""
    today = timezone.localdate()
    year = today.year if today.month >= 8 else today.year - 1
    campaign, is_new = Campaign.objects.get_or_create(
        name=_("At least 100 clips for the open library"),
        defaults={
            "starts_on": datetime.date(year, 8, 1),
            "ends_on": datetime.date(year + 1, 7, 31),
        },
    )
    if is_new:
        Target.objects.create(campaign=campaign, unit=province, clips=100)
        for code, clips in ((UPPER_SCHOOL, 2), (LOWER_SCHOOL, 1)):
            kind = UnitKind.objects.get(code=code)
            Target.objects.create(campaign=campaign, unit_kind=kind, clips=clips)


def _short(unit: UnitPage) -> str:
    return unit.code.replace("-", "")


def _plans(clips: int) -> Iterator[Plan]:
    """Lessons of lower grades come from lower schools, all others from upper ones.

    What is under way is of the school and the curator that the sign-in page names.
    """
    lower, upper = _schools(LOWER_SCHOOL), _schools(UPPER_SCHOOL)
    places = {True: cycle(lower), False: cycle(upper)}
    for lesson in lessons.published(clips):
        is_lower = any(grade.isdigit() and int(grade) < 10 for grade in lesson.grades)
        yield Plan(lesson, *next(places[is_lower]), ends="published")
    for lesson, end in zip(lessons.under_way(), UNDER_WAY, strict=True):
        yield Plan(lesson, *upper[0], ends=end)


def _schools(kind: str) -> list[tuple[UnitPage, User, User]]:
    """Each school with its contributor and its district's curator, districts in turn."""
    tree = _tree()
    by_district: dict[int, list[UnitPage]] = {}
    for school in UnitPage.objects.filter(kind__code=kind).order_by("pk"):
        above = tree.get(school.pk)
        if above is not None and tree[above] is not None:
            by_district.setdefault(above, []).append(school)
    in_turn = zip_longest(*by_district.values())
    found = [school for row in in_turn for school in row if school]
    return [_with_people(school, tree[school.pk]) for school in found]


def _with_people(school: UnitPage, above: int | None) -> tuple[UnitPage, User, User]:
    district = UnitPage.objects.get(pk=above)
    curator = people.holder(district, Role.CURATOR, f"duyet.{_short(district)}")
    contributor = people.holder(school, Role.CONTRIBUTOR, _short(school))
    return school, contributor, curator


def _bring(plan: Plan) -> None:
    """Film and upload it, unless an earlier run did."""
    folder = Path(tempfile.mkdtemp(dir=_scratch(), prefix="demo-"))
    try:
        entry = _entry(plan)
        if ClipPage.objects.child_of(plan.unit).filter(title=entry.title).exists():
            return
        made = film.make(plan.lesson, folder)
        entry = replace(entry, file=made.video, captions=made.captions)
        journey.imported(entry, plan.owner)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _scratch() -> Path:
    folder = Path(settings.SCRATCH_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _entry(plan: Plan) -> Entry:
    lesson = plan.lesson
    subject = lesson.subject or None
    return Entry(
        line=0,
        file=Path(),
        title=lesson.title,
        unit=plan.unit,
        kind=ClipKind.objects.get(code=lesson.kind),
        subject=subject and Subject.objects.get(code=subject),
        grades=tuple(Grade.objects.filter(code__in=lesson.grades)),
        skills=tuple(Skill.objects.filter(code__in=lesson.skills)),
        series=lesson.series,
        speakers=lesson.speakers,
        makers=lesson.makers,
        licence=lesson.licence,
        consent=Consent.NO_MINORS,
        description=lesson.description,
    )


def _is_reviewed(plan: Plan) -> bool:
    """As far as the plan says; a clip that is further already is left alone."""
    clip = ClipPage.objects.child_of(plan.unit).get(title=plan.lesson.title)
    if clip.asset is None or not clip.asset.is_playable:
        return clip.asset is not None and clip.asset.is_over
    if plan.ends != "draft" and not clip.workflow_states.exists():
        journey.submitted(clip, plan.owner)
    step = chain.waiting_step(clip)
    if step is not None and plan.ends == "published":
        chain.approve(step, _reviewer(plan, clip))
    elif step is not None and plan.ends == "changes":
        words = _("The sound is too quiet on slide 2. Please record it again.")
        chain.ask_for_changes(step, _reviewer(plan, clip), Reason.QUALITY, words)
    return True


def _reviewer(plan: Plan, clip: ClipPage) -> User:
    """The district's curator, unless the school has been moved away from the district."""
    may_still = may(plan.curator, Right.REVIEW_CLIPS, clip)
    return plan.curator if may_still else people.superuser()
