"""What the public may see, and how much of it stands under each subject, grade, skill, unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Length, Substr
from django.urls import reverse

from library.clips.models import (
    ClipPage,
    ClipQuerySet,
    Grade,
    Series,
    Skill,
    Subject,
)
from library.units.models import UnitPage


@dataclass(frozen=True)
class Entry:
    """One door into the library, with the number of clips behind it."""

    code: str
    name: str
    url: str
    clips: int
    note: str = ""  # what kind it is, where that helps


def public_clips() -> ClipQuerySet:
    return ClipPage.objects.open_to_all().order_by("-first_published_at", "-pk")


def below(unit: UnitPage) -> ClipQuerySet:
    """The public clips of a unit and of every unit below it."""
    return public_clips().filter(path__startswith=unit.path)


def with_skill(skill: Skill) -> ClipQuerySet:
    """The public clips of a skill and of the skills below it."""
    return public_clips().filter(skills__in=skill_family(skill)).distinct()


def skill_family(skill: Skill) -> set[int]:
    """The ids of a skill and of all below it."""
    children = defaultdict(list)
    for pk, parent in Skill.objects.values_list("pk", "parent"):
        children[parent].append(pk)
    family: set[int] = set()
    waiting = [skill.pk]
    while waiting:
        pk = waiting.pop()
        if pk not in family:
            family.add(pk)
            waiting += children[pk]
    return family


def subjects() -> list[Entry]:
    counts = _counts("subject")
    return [
        Entry(row.code, row.name, url_of(row), counts[row.pk])
        for row in Subject.objects.all()
        if counts[row.pk]
    ]


def grades() -> list[Entry]:
    counts = _counts("grades")
    return [
        Entry(row.code, row.name, url_of(row), counts[row.pk], row.level)
        for row in Grade.objects.all()
        if counts[row.pk]
    ]


def skills(parent: Skill | None = None) -> list[Entry]:
    """The skills right below `parent` (the roots without one), families counted once."""
    clips_with: dict[int, set[int]] = defaultdict(set)
    pairs = public_clips().order_by().filter(skills__isnull=False)
    for clip, skill in pairs.values_list("pk", "skills"):
        clips_with[skill].add(clip)
    entries = []
    for row in Skill.objects.filter(parent=parent):
        clips = set().union(*(clips_with[pk] for pk in skill_family(row)))
        if clips:
            entries.append(Entry(row.code, row.name, url_of(row), len(clips)))
    return entries


def units(parent: UnitPage | None = None) -> list[Entry]:
    """The units right below `parent` (the top units without one), with all below them."""
    standing = UnitPage.objects.live().public().filter(ended_on=None)
    shown = standing.select_related("kind")
    rows = shown.child_of(parent) if parent else shown.filter(depth=_top_depth())
    counts = _counts_below(parent.depth + 1 if parent else _top_depth())
    return [
        Entry(row.code, row.title, url_of(row), counts.get(row.path, 0), row.kind.name)
        for row in rows.order_by("kind__rank", "title")
    ]


def busiest_units(limit: int) -> list[Entry]:
    """The units that clips come from, those with most clips of their own first."""
    own = Substr("path", 1, F("path_length") - ClipPage.steplen)
    rows = public_clips().order_by().annotate(path_length=Length("path"), branch=own)
    counts = dict(rows.values_list("branch").annotate(clips=Count("pk")))
    standing = UnitPage.objects.filter(path__in=counts, ended_on=None)
    units = standing.select_related("kind")
    entries = [
        Entry(row.code, row.title, url_of(row), counts[row.path], row.kind.name)
        for row in units
    ]
    return sorted(entries, key=lambda entry: (-entry.clips, entry.name))[:limit]


def units_with_clips() -> QuerySet[UnitPage]:
    """Units that stand and have public clips, of their own or below, at any depth."""
    step = ClipPage.steplen
    own = Substr("path", 1, F("path_length") - step)
    clips = public_clips().order_by().annotate(path_length=Length("path"), branch=own)
    paths = clips.values_list("branch", flat=True).distinct()
    above = {path[:end] for path in paths for end in range(step, len(path) + 1, step)}
    standing: QuerySet[UnitPage] = UnitPage.objects.live()
    return standing.filter(ended_on=None, path__in=above)


def series() -> list[Entry]:
    counts = _counts("series")
    rows = Series.objects.filter(pk__in=counts).select_related("unit")
    return [
        Entry(str(row.pk), row.title, url_of(row), counts[row.pk], row.unit.title)
        for row in rows
    ]


def url_of(row: Subject | Grade | Skill | Series | UnitPage) -> str:
    if isinstance(row, Series):
        return reverse("catalogue:series", args=[row.slug or "chuyen-de", row.pk])
    names = {Subject: "subject", Grade: "grade", Skill: "skill", UnitPage: "unit"}
    return reverse(f"catalogue:{names[type(row)]}", args=[row.code])


def _counts(field: str) -> dict[int, int]:
    rows = public_clips().order_by().filter(**{f"{field}__isnull": False})
    counted = rows.values_list(field).annotate(clips=Count("pk", distinct=True))
    return defaultdict(int, counted)


def _counts_below(depth: int) -> dict[str, int]:
    """How many public clips lie below each path of one depth."""
    branch = Substr("path", 1, depth * ClipPage.steplen)
    rows = public_clips().order_by().annotate(branch=branch)
    return dict(rows.values_list("branch").annotate(clips=Count("pk")))


def _top_depth() -> int:
    top = UnitPage.objects.live().order_by("depth").first()
    return top.depth if top else 0
