"""The admin's pages of this library in a real browser: axe, widths, and thumbs."""

from __future__ import annotations

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from library.clips.models import ClipKind, ClipPage
from library.contributions.models import Campaign
from library.review import chain, setup
from library.sought.models import Unanswered
from library.units.models import Role
from search.vocabulary.models import Synonym
from tests.browsers import sign_in
from tests.cast import Cast, member, person
from tests.factories import only_watchable, playable_clip, published_clip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

Visits = list[tuple[User, list[str]]]

# What sticks out to the right of the screen and is there to be seen.
OUTSIDE = """() => [...document.querySelectorAll("main *")].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width && box.height && box.right > innerWidth + 1
    && node.checkVisibility({ contentVisibilityAuto: true })
    && !node.closest(".w-sr-only, .visually-hidden, thead, header, aside");
}).map((node) => node.outerHTML.slice(0, 120))"""


@pytest.fixture
def visits(cast: Cast) -> Visits:
    """Who opens which pages: each role its own."""
    setup.ensure_workflow()
    head = person("ha")
    member(head, cast.district, Role.ADMIN)
    live = published_clip(cast.school_a, cast.lan, cast.an, "Định luật Boyle")
    waits = playable_clip(cast.school_a, cast.lan, "Phương trình bậc hai một ẩn")
    chain.submit(waits, cast.lan)
    only_watchable(waits)
    campaign = Campaign.objects.create(
        name="Ít nhất 100 clip",
        starts_on=datetime.date(2026, 1, 1),
        ends_on=datetime.date(2027, 12, 31),
    )
    long = ClipKind.objects.create(code="talk", name="Tọa đàm, nói chuyện chuyên đề")
    campaign.targets.create(unit=cast.district, clips=4, clip_kind=long)
    campaign.save()
    home, report = reverse("wagtailadmin_home"), reverse("contributions_report")
    membership = cast.lan.memberships.get().pk
    return [
        (cast.lan, [home]),
        (
            cast.minh,
            [
                home,
                report,
                f"{report}?first=2026-05-01&last=2026-01-01",
                f"{report}?period=quarter-2026-1&compare=both",
                reverse("contributions_overview"),
                reverse("contributions_months", args=[cast.district.pk]),
                reverse("contributions_partners", args=[live.pk]),
                reverse("review:queue"),
                reverse("review:clip", args=[waits.pk]),
                reverse("review:clip", args=[live.pk]),
                reverse("review:withdraw", args=[live.pk]),
            ],
        ),
        (
            head,
            [
                home,
                reverse("unit_members:index"),
                reverse("unit_members:add"),
                reverse("unit_members:dates", args=[membership]),
                reverse("unit_members:end", args=[head.memberships.get().pk]),
                reverse("contributions_targets_of", args=[cast.district.pk]),
            ],
        ),
        (
            cast.an,
            [
                home,
                reverse("unitkind:index"),
                reverse("campaigns:edit", args=[campaign.pk]),
            ],
        ),
        *of_the_search(cast, live),
    ]


def of_the_search(cast: Cast, live: ClipPage) -> Visits:
    """What who administers the province, and superusers, open beside."""
    tender = person("ngoc")
    member(tender, cast.province, Role.ADMIN)
    week = datetime.date(2026, 11, 23)
    long = "kỹ năng phòng chống đuối nước cho học sinh tiểu học"
    for words, times in ((long, 14), ("khtn 9", 5)):
        Unanswered.objects.create(week=week, key=words, words=words, times=times)
    promotion = SearchPromotion.objects.create(query=Query.get(long), page=live)
    synonym = Synonym.objects.create(words="pcdn", means="phòng chống đuối nước")
    report = reverse("sought:report")
    picks = "wagtailsearchpromotions"
    addresses = [
        report,
        f"{report}?week=2026-11-23&state=done",
        reverse("synonyms:index"),
        reverse("synonyms:add") + "?words=khtn+9",
        reverse("synonyms:edit", args=[synonym.pk]),
        reverse(f"{picks}:index"),
        reverse(f"{picks}:add") + "?words=khtn+9",
        reverse(f"{picks}:edit", args=[promotion.query_id]),
    ]
    return [(tender, addresses), (cast.an, [report])]


def test_axe_finds_nothing(live_server: LiveServer, page: Page, visits: Visits) -> None:
    found = {}
    for user, addresses in visits:
        sign_in(page, live_server.url, user)
        for address in addresses:
            page.goto(live_server.url + address)
            report = Axe().run(page)
            if report.violations_count:
                found[address] = report.generate_report()
    assert found == {}


def test_no_page_is_wider_than_a_phone(
    live_server: LiveServer, page: Page, visits: Visits
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    wide = {}
    for user, addresses in visits:
        sign_in(page, live_server.url, user)
        for address in addresses:
            page.goto(live_server.url + address)
            if outside := page.evaluate(OUTSIDE):
                wide[address] = outside
    assert wide == {}
