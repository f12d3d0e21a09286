"""The fingerprint of each clip that plays: made by a job of its own, and looked up.

It is made of the package's own download, whose decoding is cheap and needs no doubt, and
of what comes first after it: so clips from before get theirs in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import Count

from media_pipeline import binaries, commands, jobs, states, storage
from media_pipeline.jobs import lease, scratch
from media_pipeline.jobs.models import Job
from media_pipeline.likeness import pictures, sounds
from media_pipeline.likeness.matching import Films, Likeness, likeness, terms
from media_pipeline.likeness.models import Print, Term
from media_pipeline.models import Asset, Package
from media_pipeline.session import Session

KIND = "fingerprint"
CANDIDATES = 40  # of those that share most with it
LEAST_SHARED = 2


@dataclass(frozen=True)
class Match:
    asset_id: int
    likeness: Likeness


def request(asset: Asset) -> None:
    jobs.request(f"asset/{asset.pk}/fingerprint", KIND, {"asset": asset.pk})


def request_missing(most: int = 500) -> int:
    """For what was whole before there were fingerprints; how many were asked for."""
    lacking = Asset.objects.filter(print=None, package__is_whole=True)
    asked = Job.objects.filter(kind=KIND).values_list("spec__asset", flat=True)
    old = list(lacking.exclude(pk__in=list(asked)).order_by("pk")[:most])
    for asset in old:
        request(asset)
    return len(old)


def is_made(asset: Asset) -> bool:
    return Print.objects.filter(pk=asset.pk).exists()


def make(job: Job) -> None:
    """The handler. The news of it goes the way of all news of an asset."""
    asset = Asset.objects.select_related("package").filter(pk=job.spec["asset"]).first()
    if asset is None or asset.package is None or is_made(asset):
        return
    if not asset.package.manifest.get("download"):  # of another release
        return
    with scratch.folder(job) as folder:
        session = Session(cancelled=partial(lease.is_lost, job))
        path, has_sound = _fetched(asset.package, folder)
        films = film_of(path, folder, session, sound=has_sound)
    lease.patiently(partial(_keep, job, asset, films))


def film_of(path: Path, folder: Path, session: Session, *, sound: bool = True) -> Films:
    """What there is to see and to hear in a file of our own making."""
    argv = commands.look_and_listen(binaries.find().ffmpeg, path, sound=sound)
    session.run(argv, cwd=folder, reads=(path,), timeout_s=3600)
    growths = sounds.growths(folder / commands.SPECTRUM) if sound else []
    return Films(
        pictures.seen(folder / commands.PICTURES),
        sounds.heard(growths),
        frozenset(sounds.words(growths)),
    )


def alike(asset: Asset) -> list[Match]:
    """Other assets that are likely the same film, the likeliest first."""
    mine = Print.objects.filter(pk=asset.pk).first()
    if mine is None:
        return []
    films = mine.films
    rows = Print.objects.in_bulk(candidates(mine))
    found = [
        Match(pk, same)
        for pk, row in rows.items()
        if (same := likeness(films, row.films)) is not None
    ]
    return sorted(found, key=lambda match: -match.likeness.percent)


def candidates(mine: Print) -> list[int]:
    """By the index: a template is on many films, but a copy shares most of all."""
    values = mine.terms.values_list("value", flat=True)
    sharing = Term.objects.filter(value__in=list(values)).exclude(print=mine)
    shared = sharing.values("print").annotate(shared=Count("pk"))
    best = shared.filter(shared__gte=LEAST_SHARED).order_by("-shared", "print")
    return list(best.values_list("print", flat=True)[:CANDIDATES])


def _fetched(package: Package, folder: Path) -> tuple[Path, bool]:
    """The file, and whether there is anything to hear."""
    name: str = package.manifest["download"]["file"]
    storage.fetch_file(package.prefix, name, folder)
    return folder / name, bool(package.manifest.get("audio"))


@transaction.atomic
def _keep(job: Job, asset: Asset, films: Films) -> None:
    lease.fence(job)
    if not Asset.objects.filter(pk=asset.pk).exists():
        return
    keep(asset, films)
    states.tell(asset)


@transaction.atomic
def keep(asset: Asset, films: Films) -> Print:
    row, is_new = Print.objects.get_or_create(
        asset=asset,
        defaults={
            "pictures": films.pictures.said,
            "pictures_sure": films.pictures.sure,
            "sound": films.sound.said,
            "sound_sure": films.sound.sure,
        },
    )
    if is_new:
        Term.objects.bulk_create(Term(print=row, value=one) for one in terms(films))
    return row
