"""What a province counts while its schools contribute and its organisation changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from library.clips.models import ClipPage
from library.contributions.models import LedgerEntry
from library.duplicates.models import Pair
from library.review import chain, setup
from library.units import history
from library.units.models import Role, UnitKind, UnitPage
from tests import reports
from tests.browsers import sign_in
from tests.cast import Cast, member, person
from tests.factories import playable_clip
from tests.tampering import rewritable

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
BEGAN = datetime.date(2021, 1, 1)
AGO = datetime.timedelta(days=40)  # what is counted now is told as of then


class Story:
    """People at one browser, each in turn."""

    def __init__(self, cast: Cast, server: LiveServer, page: Page) -> None:
        self.cast, self.page, self.url = cast, page, server.url
        self.head = person("ha")  # leads the province
        member(self.head, cast.province, Role.ADMIN)
        self.other_curator = person("vinh")
        member(self.other_curator, cast.other_district, Role.CURATOR)

    def opens(self, user: User, name: str, *of: object) -> Page:
        self.page.wait_for_load_state("networkidle")  # both write to one database
        sign_in(self.page, self.url, user)
        self.page.goto(self.url + reverse(name, args=of))
        return self.page

    def brings(self, unit: UnitPage, owner: User, title: str) -> ClipPage:
        clip = playable_clip(unit, owner, title)
        chain.submit(clip, owner)
        return clip

    def approves(self, curator: User, clip: ClipPage) -> None:
        page = self.opens(curator, "review:clip", clip.pk)
        page.click(".review-answer--approve summary")
        page.click(".review-answer--approve button[type=submit]")
        page.wait_for_url("**/admin/review/")
        assert ClipPage.objects.get(pk=clip.pk).live

    def sends_back(self, curator: User, clip: ClipPage, words: str) -> None:
        page = self.opens(curator, "review:clip", clip.pk)
        page.click(".review-answer--changes summary")
        page.select_option(".review-answer--changes select", label="Thiếu thông tin")
        page.fill(".review-answer--changes textarea", words)
        page.click(".review-answer--changes button[type=submit]")
        page.wait_for_url("**/admin/review/")

    def improves(self, owner: User, clip: ClipPage, words: str, title: str) -> None:
        page = self.opens(owner, "uploads:clip", clip.pk)
        expect(page.locator("main")).to_contain_text(words)
        page.fill("input[name=title]", title)
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.click("button[name=submit]")
        page.wait_for_selector("[data-details] [role=status] >> text=/duyệt/")

    def rules_a_duplicate(self, curator: User, clip: ClipPage, other: ClipPage) -> None:
        Pair.objects.get_or_create(first=other, second=clip, defaults={"percent": 97})
        page = self.opens(curator, "pairs:compare", clip.pk, other.pk)
        page.get_by_label("trùng lặp", exact=True).check()
        page.fill("textarea[name=words]", "Cùng một buổi quay.")
        page.get_by_role("button", name="Lưu kết luận này").click()
        page.wait_for_url(f"**{reverse('review:clip', args=[clip.pk])}")

    def withdraws(self, curator: User, clip: ClipPage, why: str) -> None:
        page = self.opens(curator, "review:withdraw", clip.pk)
        page.fill("textarea[name=why]", why)
        page.click(".review-withdraw button[type=submit]")
        page.wait_for_load_state()
        assert not ClipPage.objects.get(pk=clip.pk).live

    def reorganises(self, table: str) -> None:
        page = self.opens(self.cast.an, "reorganising:new")
        page.get_by_label("Tên", exact=False).first.fill("Sáp nhập tỉnh")
        page.get_by_label("Từ ngày").first.fill(f"{timezone.localdate():%Y-%m-%d}")
        file = {
            "name": "sap-nhap.csv",
            "mimeType": "text/csv",
            "buffer": table.encode(),
        }
        page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Xem trước thay đổi").click()
        page.get_by_role("button", name="Thực hiện sắp xếp").click()
        expect(page.get_by_role("button", name="Hoàn tác")).to_be_visible()

    def counted(self, tree: str = "now") -> Mapping[str, int]:
        """As the head of the province reads it, on the screen and in its files."""
        page = self.opens(self.cast.an, "contributions_report")
        address = f"{self.url}{reverse('contributions_report')}?tree={tree}"
        page.goto(address)

        def taken(kind: str) -> bytes:
            return page.request.get(f"{address}&export={kind}").body()

        return {
            code: clips
            for code, clips in reports.totals(page.content(), taken).items()
            if clips
        }


@pytest.fixture
def story(cast: Cast, live_server: LiveServer, page: Page) -> Story:
    setup.ensure_workflow()
    for unit in UnitPage.objects.all():
        history.begin(unit, BEGAN)
    UnitKind.objects.get_or_create(code="province", defaults={"name": "Tỉnh"})
    return Story(cast, live_server, page)


def let_time_pass() -> None:
    with rewritable(LedgerEntry):
        LedgerEntry.objects.update(
            counted_from=F("counted_from") - AGO,
            withdrawn_from=F("withdrawn_from") - AGO,
        )


MERGER = """code,founds,name,kind,parent,successors,ends
dong-nai,x,Tỉnh đoàn Đồng Nai,province,*,,
thpt-dong-xoai,,,,dong-nai,,
thpt-hung-vuong,,,,dong-nai,,
thpt-bu-dang,,,,dong-nai,,
dong-xoai,,,,,,x
bu-dang,,,,,,x
binh-phuoc,,,,,dong-nai,
"""


def test_the_numbers_are_right_at_each_step(story: Story, cast: Cast) -> None:
    assert story.counted() == {}

    sent_back = story.brings(cast.school_a, cast.lan, "Bài một")
    story.sends_back(cast.minh, sent_back, "Ghi rõ tên bài.")
    assert story.counted() == {}
    story.improves(cast.lan, sent_back, "Ghi rõ tên bài.", "Đường tròn lượng giác")
    story.approves(cast.minh, sent_back)
    one = {"binh-phuoc": 1, "dong-xoai": 1, "thpt-dong-xoai": 1, "": 1}
    assert story.counted() == story.counted("then") == one

    copied = story.brings(cast.school_b, cast.hoa, "Đường tròn lượng giác")
    story.rules_a_duplicate(cast.tu, copied, sent_back)
    story.approves(cast.tu, copied)
    assert story.counted() == one
    story.approves(cast.tu, story.brings(cast.school_b, cast.hoa, "Hàm số bậc hai"))

    regretted = story.brings(cast.school_c, cast.bao, "Sơ cứu khi bị bỏng")
    story.approves(story.other_curator, regretted)
    assert story.counted()[""] == 3
    story.withdraws(story.other_curator, regretted, "Sai một bước.")
    story.approves(
        story.other_curator, story.brings(cast.school_c, cast.bao, "Sơ cứu bỏng")
    )
    schools = {"thpt-dong-xoai": 1, "thpt-hung-vuong": 1, "thpt-bu-dang": 1}
    as_then = {"binh-phuoc": 3, "dong-xoai": 2, "bu-dang": 1, **schools, "": 3}
    assert story.counted() == story.counted("then") == as_then

    let_time_pass()
    story.reorganises(MERGER)
    assert story.counted("then") == as_then
    assert story.counted("now") == {"dong-nai": 3, **schools, "": 3}

    later = story.brings(cast.school_b, cast.hoa, "Sau khi sáp nhập")
    chain.approve_at_every_step(later, cast.an)
    more = schools | {"thpt-hung-vuong": 2, "": 4}
    assert story.counted("then") == as_then | more | {"dong-nai": 1}
    assert story.counted("now") == {"dong-nai": 4, **more}
