"""Finds copies of films among many: what is found, what is found in error, how quickly.

    .venv/bin/python -m benchmarks.duplicates --clips 10000

Films pairs by the ffmpeg at hand, puts their fingerprints among made-up ones of lectures
that share a template (on a scratch SQLite database), and prints recall by the kind of
copy, false pairs by the kind of likeness, and the time of one look. Exits 1 when less
than nine copies in ten are found, or more than one false pair in twenty.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="duplicates-benchmark-")
os.environ["DATA_DIR"] = FOLDER.name
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER.name}/library.sqlite3"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from benchmarks.lookalikes import COPIES, camera, lecture  # noqa: E402
from media_pipeline.likeness import matching, pictures, prints, sounds  # noqa: E402
from media_pipeline.likeness.matching import Films  # noqa: E402
from media_pipeline.likeness.models import Print, Term  # noqa: E402
from media_pipeline.likeness.tracks import Track, track_of  # noqa: E402
from media_pipeline.models import Asset  # noqa: E402
from media_pipeline.session import Session  # noqa: E402

SECONDS = 40
FILMS = (
    {f"lecture {seed}": (lecture(seed, SECONDS), True) for seed in range(1, 11)}
    | {
        f"with jingle {seed}": (lecture(seed, SECONDS, jingle_s=8), True)
        for seed in range(11, 15)
    }
    | {f"camera {seed}": (camera(50 + seed, SECONDS), True) for seed in range(1, 5)}
    | {
        f"silent {seed}": (lecture(seed, SECONDS, sound=False), False)
        for seed in range(21, 24)
    }
)
COPIED = ("lecture 1", "camera 1")


def fingerprint(path: Path, *, sound: bool) -> Films:
    with tempfile.TemporaryDirectory() as name:
        return prints.film_of(path, Path(name), Session(), sound=sound)


def keep(films: Films) -> Print:
    return prints.keep(Asset.objects.create(file_name="x", size=1), films)


def film(folder: Path) -> tuple[dict[str, Print], dict[tuple[str, str], Print]]:
    made, copies = {}, {}
    for name, (make, sound) in FILMS.items():
        make(folder / f"{name}.mp4")
        made[name] = keep(fingerprint(folder / f"{name}.mp4", sound=sound))
    for name, copy in itertools.product(COPIED, COPIES):
        copy.make(folder / f"{name}.mp4", folder / "copy.mp4")
        copies[name, copy.name] = keep(fingerprint(folder / "copy.mp4", sound=True))
    return made, copies


def crowd(count: int, template: Films) -> None:
    """Lectures of ten minutes: the template's pictures, and a voice of their own."""
    chance = random.Random(2026)
    shown = template.pictures.instants()
    # Letters of onsets: some four thousand are possible, and few of them frequent.
    letters = [chance.randrange(4480) * 7 % 2**15 for _ in range(4480)]
    often = [1 / (1 + place) ** 0.5 for place in range(4480)]
    for _ in range(count // 500):
        films = [stranger(chance, shown, letters, often) for _ in range(500)]
        write(films)


def stranger(
    chance: random.Random,
    shown: list[tuple[int, int]],
    letters: list[int],
    often: list[float],
) -> Films:
    said = chance.choices(letters, often, k=3400)
    pairs = itertools.chain(itertools.pairwise(said), zip(said, said[2:], strict=False))
    own = [(chance.getrandbits(64), 2**64 - 1) for _ in range(10)]
    return Films(
        track_of(own + chance.choices(shown, k=590), pictures.WIDTH),
        Track(sounds.WIDTH, chance.randbytes(9400), b"\x48\x12" * 4700),
        frozenset(one << 15 | two for one, two in pairs),
    )


@transaction.atomic
def write(films: list[Films]) -> None:
    """As `prints.keep()`, many at once."""
    assets = Asset.objects.bulk_create(Asset(file_name="x", size=1) for _ in films)
    rows = Print.objects.bulk_create(
        Print(
            asset=asset,
            pictures=each.pictures.said,
            pictures_sure=each.pictures.sure,
            sound=each.sound.said,
            sound_sure=each.sound.sure,
        )
        for asset, each in zip(assets, films, strict=True)
    )
    Term.objects.bulk_create(
        Term(print=row, value=value)
        for row, each in zip(rows, films, strict=True)
        for value in matching.terms(each)
    )


def measure(count: int) -> bool:
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as name:
        made, copies = film(Path(name))
    crowd(count, made["lecture 1"].films)
    names = {row.pk: name for name, row in made.items()}
    ours = names.keys() | {row.pk for row in copies.values()}
    found, took = {}, []
    for row in [*made.values(), *copies.values()]:
        begun = time.perf_counter()
        found[row.pk] = {match.asset_id for match in prints.alike(row.asset)}
        took.append(time.perf_counter() - begun)
    recall = tell_copies(made, copies, found)
    false = tell_false(names, found, ours)
    took.sort()
    print(f"\n{Print.objects.count()} fingerprints, {Term.objects.count()} terms")
    print(f"one look: median {took[len(took) // 2]:.3f} s, longest {took[-1]:.3f} s")
    return recall >= 0.9 and false <= 0.05


def tell_copies(
    made: dict[str, Print],
    copies: dict[tuple[str, str], Print],
    found: dict[int, set[int]],
) -> float:
    print(f"{'copy':<24}" + "".join(f"{name:>12}" for name in COPIED))
    hits = 0
    for copy in COPIES:
        yes = [made[name].pk in found[copies[name, copy.name].pk] for name in COPIED]
        hits += sum(yes)
        print(f"{copy.name:<24}" + "".join(f"{'found' if y else '-':>12}" for y in yes))
    print(f"recall {hits} of {len(copies)}")
    return hits / len(copies)


def tell_false(
    names: dict[int, str], found: dict[int, set[int]], ours: set[int]
) -> float:
    """Among what was filmed all that differs; of the crowd whatever is found."""
    pairs, wrong = Counter[str](), Counter[str]()
    for one, other in itertools.combinations(names, 2):
        kinds = sorted({names[each].rsplit(" ", 1)[0] for each in (one, other)})
        pairs[" and ".join(kinds)] += 1
        wrong[" and ".join(kinds)] += other in found[one] or one in found[other]
    strangers = sum(len(each - ours) for each in found.values())
    print(f"\n{'pairs that differ':<32}{'pairs':>7}{'flagged':>9}")
    for kinds, count in pairs.items():
        print(f"{kinds:<32}{count:>7}{wrong[kinds]:>9}")
    flagged = sum(wrong.values())
    print(f"false {flagged} of {pairs.total()}; among the crowd {strangers}")
    print(f"within {matching.SHIFT_S} s of shift")
    return (flagged + strangers) / pairs.total()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=int, default=10_000)
    sys.exit(0 if measure(parser.parse_args().clips) else 1)
