"""Times the admin for a person with roles at N units, on a scratch SQLite database.

    .venv/bin/python benchmarks/admin_rights.py --units 500 --of 2000 --clips 10000

Prints each page's time (the best of three) and its queries; exits 1 when one takes
more than a second.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="admin-benchmark-")
os.environ["DATA_DIR"] = FOLDER.name
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER.name}/library.sqlite3")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.models import Page  # noqa: E402

from library.clips.models import ClipPage  # noqa: E402
from library.units import members  # noqa: E402
from library.units.models import Membership, Role, UnitPage  # noqa: E402
from tests.cast import Cast, assemble, person  # noqa: E402

DISTRICTS = 11
SINCE = datetime.date(2021, 1, 1)


def below(parent: Page, count: int, kind: type[Page], name: str) -> Iterator[Page]:
    """Rows of pages with computed paths: `add_child` would take half an hour."""
    pages = [
        kind(
            title=f"{name} {number}",
            draft_title=f"{name} {number}",
            slug=f"{name.lower()}-{parent.pk}-{number}",
            url_path=f"{parent.url_path}{name.lower()}-{parent.pk}-{number}/",
            path=kind._get_path(parent.path, parent.depth + 1, number),  # noqa: SLF001
            depth=parent.depth + 1,
            live=issubclass(kind, UnitPage),
            locale_id=parent.locale_id,
        )
        for number in range(1 + parent.numchild, count + 1 + parent.numchild)
    ]
    parents = [
        Page(**{field.attname: getattr(page, field.attname) for field in FIELDS})
        for page in pages
    ]
    for page, row in zip(pages, Page.objects.bulk_create(parents), strict=True):
        page.pk = page.page_ptr_id = row.pk
        yield page
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)


FIELDS = [field for field in Page._meta.concrete_fields if field.name != "id"]  # noqa: SLF001


def build(cast: Cast, units: int, clips: int) -> list[UnitPage]:
    made: list[UnitPage] = []
    for district in below(cast.province, DISTRICTS, UnitPage, "Huyen"):
        district.code, district.kind = district.slug, cast.district.kind
        district.save_base(raw=True)
        for school in below(district, units // DISTRICTS, UnitPage, "Truong"):
            school.code, school.kind = school.slug, cast.school_a.kind
            school.save_base(raw=True)
            made.append(school)
            for clip in below(school, max(clips // units, 1), ClipPage, "Clip"):
                clip.save_base(raw=True)
    return made


def addresses(cast: Cast, school: UnitPage) -> dict[str, str]:
    clip = ClipPage.objects.filter(path__startswith=school.path).first()
    district = school.get_parent().pk
    named = {
        "home": reverse("wagtailadmin_home"),
        "explorer, root": reverse("wagtailadmin_explore_root"),
        "explorer, province": reverse("wagtailadmin_explore", args=[cast.province.pk]),
        "explorer, district": reverse("wagtailadmin_explore", args=[district]),
        "explorer, school": reverse("wagtailadmin_explore", args=[school.pk]),
        "explorer menu": f"/admin/api/main/pages/?child_of={district}&for_explorer=1",
        "search": reverse("wagtailadmin_pages:search") + "?q=truong",
        "edit a draft": reverse("wagtailadmin_pages:edit", args=[clip.pk]),
        "history": reverse("wagtailadmin_pages:history", args=[clip.pk]),
        "usage of clips": reverse(
            "wagtailadmin_pages:type_use", args=["clips", "clippage"]
        ),
        "chooser": reverse("wagtailadmin_choose_page_child", args=[district]),
        "chooser, search": reverse("wagtailadmin_choose_page_search") + "?q=truong",
        "members": reverse("unit_members:index"),
        "give a role": reverse("unit_members:add"),
        "review queue": reverse("review:queue"),
        "contributor's clips": reverse("uploads:my_clips"),
        "contributor's upload": reverse("uploads:new"),
    }
    for report in (
        "locked_pages",
        "workflow",
        "workflow_tasks",
        "site_history",
        "aging_pages",
    ):
        named[f"report {report}"] = reverse(f"wagtailadmin_reports:{report}")
    return named


def timed(client: Client, path: str) -> tuple[int, float, int]:
    """Status, the best time of three and the queries."""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        answer = client.get(path)
        seconds.append(time.perf_counter() - start)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(path)
    return answer.status_code, min(seconds), len(queries)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=500)
    parser.add_argument("--of", type=int, default=2000)
    parser.add_argument("--clips", type=int, default=10_000)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = assemble()
        schools = build(cast, options.of, options.clips)
        user: User = person("nhieu-don-vi")
        step = max(len(schools) // options.units, 1)
        Membership.objects.bulk_create(
            Membership(user=user, unit=school, role=role, valid_from=SINCE)
            for school in schools[::step][: options.units]
            for role in Role
        )
        members.refresh(user)
    print(
        f"{options.units} units × {len(Role)} roles of {len(schools)} units, "
        f"{ClipPage.objects.count()} clips"
    )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    slowest = 0.0
    for name, path in addresses(cast, schools[0]).items():
        status, seconds, queries = timed(client, path)
        slowest = max(slowest, seconds)
        print(f"{name:24} {status} {seconds * 1000:7.0f} ms {queries:4} queries")
    return int(slowest > 1)


if __name__ == "__main__":
    sys.exit(main())
