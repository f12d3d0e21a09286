"""The report and the acts by HTTP: who gets in, what is asked first, what is said."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry

from library.clips.models import ClipPage
from library.units.models import Role
from media_pipeline.models import StepRun
from media_pipeline.states import State
from tests.cast import Cast, member, person, signed_in
from tests.library.encoding import factories
from tests.library.encoding.factories import asset_of


def at(name: str, *args: Any) -> str:
    return reverse(f"encoding:{name}", args=args)


def text(client: Client, address: str, **query: Any) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    content: bytes = answer.getvalue()  # of a streamed answer too
    return content.decode()


def words(answer: Any) -> str:
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


@pytest.fixture
def an(cast: Cast) -> Client:
    return signed_in(cast.an)


@pytest.fixture
def admin_of_a(cast: Cast) -> User:
    found = person("admin-a")
    member(found, cast.school_a, Role.ADMIN)
    return found


def of_each_kind(cast: Cast) -> dict[str, ClipPage]:
    school, lan = cast.school_a, cast.lan
    clips = {
        "runs": factories.running(school, lan, "Đang chạy", progress=0.4),
        "waits": factories.queued(school, lan, "Đang chờ"),
        "failed": factories.failed(
            school, lan, "Bị lỗi", "disk_full", detail="ENOSPC /scratch/7"
        ),
        "refused": factories.clip(
            school, lan, State.REFUSED, "Không nhận", reason="too_long", detail="4 h"
        ),
        "plays": factories.clip(school, lan, State.PLAYABLE, "Phát được"),
    }
    StepRun.objects.create(asset=asset_of(clips["runs"]), step="encode")
    return clips


# --- the report -------------------------------------------------------------------------


def test_a_superuser_sees_all_of_it(cast: Cast, an: Client) -> None:
    of_each_kind(cast)
    page = text(an, at("report"))
    for title in ("Đang chạy", "Đang chờ", "Bị lỗi", "Không nhận", "Phát được"):
        assert title in page
    for said in ("40 %", "may-1/4711", "1 trên 5", "đang chờ (kế tiếp)"):
        assert said in page
    assert "Ổ đĩa đã đầy." in page
    assert "<code>disk_full</code>" in page
    assert "ENOSPC /scratch/7" in page
    assert "transcode / package" in page


def test_an_admin_of_a_unit_sees_reasons_but_neither_logs_nor_machines(
    cast: Cast, admin_of_a: User
) -> None:
    of_each_kind(cast)
    factories.failed(cast.school_b, cast.hoa, "Của trường B")
    page = text(signed_in(admin_of_a), at("report"))
    assert "Ổ đĩa đã đầy." in page
    assert "Bị lỗi" in page
    for hidden in ("ENOSPC", "may-1", "transcode / package", "Của trường B"):
        assert hidden not in page


@pytest.mark.parametrize("name", ["report", "report_results", "now", "retry_all"])
@pytest.mark.parametrize("who", ["lan", "minh", "nam"])
def test_nobody_else_gets_in(cast: Cast, name: str, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.get(at(name)).status_code == 404
    if name == "retry_all":
        assert client.post(at(name)).status_code == 404


def test_the_menu_names_it_to_those_who_get_in(cast: Cast, admin_of_a: User) -> None:
    for user, is_named in ((cast.an, True), (admin_of_a, True), (cast.lan, False)):
        page = text(signed_in(user), reverse("wagtailadmin_home"))
        assert (at("report") in page) == is_named


def test_an_empty_library_says_what_will_be_here(an: Client) -> None:
    page = text(an, at("report"))
    for said in (
        "Không có clip nào đang chuyển mã.",
        "Không có clip nào bị lỗi.",
        "Không có tệp nào bị từ chối nhận.",
        "Chưa có video nào được tải lên.",
    ):
        assert said in page
    assert "data-moves" not in page
    assert at("retry_all") not in page


def test_waiting_with_no_worker_at_work_is_said(cast: Cast, an: Client) -> None:
    factories.queued(cast.school_a, cast.lan)
    page = text(an, at("report"))
    assert "Chưa có máy chuyển mã nào nhận việc." in page
    assert "data-moves" in page


def test_it_is_filtered_by_state_reason_and_unit(cast: Cast, an: Client) -> None:
    of_each_kind(cast)
    shown = text(an, at("report_results"), state="failed", reason="disk_full")
    assert "Bị lỗi" in shown
    assert "Không nhận" not in shown
    nothing = text(an, at("report_results"), unit=cast.school_a.pk, reason="empty")
    assert "Không có clip nào hợp với điều kiện đã chọn." in nothing


def test_what_failed_stands_first_and_the_list_has_pages(
    cast: Cast, an: Client
) -> None:
    clips = of_each_kind(cast)
    for number in range(50):
        factories.clip(cast.school_b, cast.hoa, State.PLAYABLE, f"Bài {number}")
    first = an.get(at("report_results")).context["object_list"]
    assert [row.clip_id for row in first[:4]] == [
        clips[kind].pk for kind in ("failed", "waits", "runs", "refused")
    ]
    assert len(first) == 50
    assert len(an.get(at("report_results"), {"p": 2}).context["object_list"]) == 5


def test_it_can_be_taken_along_as_a_table(cast: Cast, an: Client) -> None:
    of_each_kind(cast)
    rows = list(csv.DictReader(io.StringIO(text(an, at("report"), export="csv"))))
    by_title = {row["Clip"]: row for row in rows}
    assert by_title["Bị lỗi"]["Mã"] == "disk_full"
    assert by_title["Đang chạy"]["Phần trăm"] == "40"
    assert len(rows) == 5


def test_queries_do_not_grow_with_clips(cast: Cast, an: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(an, at("report"))
        return len(queries)

    of_each_kind(cast)
    asked()
    few = asked()
    for _ in range(3):
        of_each_kind(cast)
    assert asked() == few


def test_what_runs_is_told_again_as_long_as_something_moves(
    cast: Cast, an: Client
) -> None:
    of_each_kind(cast)
    told = an.get(at("now")).json()
    assert (told["code"], told["moves"]) == ("1/1/1/1", True)
    assert "40 %" in told["html"]


# --- the panel in the editor ---------------------------------------------------------


def test_the_editor_tells_how_the_video_fares(cast: Cast, an: Client) -> None:
    clips = of_each_kind(cast)
    edit = reverse("wagtailadmin_pages:edit", args=[clips["runs"].pk])
    page = text(an, edit)
    assert at("status", clips["runs"].pk) in page
    assert "data-moves" in page
    assert "40 %" in page


def test_the_editors_header_offers_what_may_be_done(
    cast: Cast, an: Client, admin_of_a: User
) -> None:
    clips = of_each_kind(cast)
    for client, kind, offered in (
        (an, "failed", {"retry"}),
        (an, "plays", {"reencode"}),
        (an, "runs", set[str]()),
        (signed_in(admin_of_a), "plays", {"reencode"}),
        (signed_in(cast.lan), "failed", {"retry"}),
        (signed_in(cast.lan), "plays", set[str]()),
    ):
        clip = clips[kind]
        page = text(client, reverse("wagtailadmin_pages:edit", args=[clip.pk]))
        found = {name for name in ("retry", "reencode") if at(name, clip.pk) in page}
        assert found == offered


def test_the_status_is_for_those_who_may_see_the_draft(cast: Cast) -> None:
    clip = of_each_kind(cast)["failed"]
    for who, code in (("lan", 200), ("minh", 200), ("hoa", 404), ("nam", 404)):
        answer = signed_in(getattr(cast, who)).get(at("status", clip.pk))
        assert answer.status_code == code
    told = signed_in(cast.lan).get(at("status", clip.pk)).json()
    assert (told["code"], told["moves"]) == ("failed", False)
    assert "Ổ đĩa đã đầy." in told["html"]
    assert "ENOSPC" not in told["html"]


# --- the acts -----------------------------------------------------------------------


def test_trying_again_asks_first_and_then_does_it(cast: Cast, an: Client) -> None:
    clip = of_each_kind(cast)["failed"]
    page = text(an, at("retry", clip.pk))
    assert "csrfmiddlewaretoken" in page
    assert asset_of(clip).state == State.FAILED
    answer = an.post(at("retry", clip.pk))
    assert asset_of(clip).state == State.RECEIVED
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=[clip.pk])
    assert "Đang thử lại" in words(answer)
    again = an.post(at("retry", clip.pk), {"next": at("report")})
    assert again["Location"] == at("report")
    assert "Không có gì để thử lại" in words(again)


def test_encoding_again_asks_first_and_then_does_it(cast: Cast, an: Client) -> None:
    clip = of_each_kind(cast)["plays"]
    assert "csrfmiddlewaretoken" in text(an, at("reencode", clip.pk))
    assert asset_of(clip).state == State.PLAYABLE
    assert "Đang chuyển mã lại" in words(an.post(at("reencode", clip.pk)))
    assert asset_of(clip).state == State.ENCODING
    assert "Lúc này chưa" in words(an.post(at("reencode", clip.pk)))


def test_a_form_without_its_token_does_nothing(cast: Cast) -> None:
    clip = of_each_kind(cast)["failed"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.an)
    for address in (at("retry", clip.pk), at("retry_all")):
        assert strict.post(address).status_code == 403
    assert asset_of(clip).state == State.FAILED


def test_the_way_back_never_leads_elsewhere(cast: Cast, an: Client) -> None:
    clip = of_each_kind(cast)["failed"]
    evil = "https://example.org/"
    assert evil not in text(an, at("retry", clip.pk), next=evil)
    assert evil not in an.post(at("retry", clip.pk), {"next": evil})["Location"]


@pytest.mark.parametrize(
    ("who", "name", "code"),
    [
        ("lan", "retry", 200),
        ("lan", "reencode", 404),
        ("minh", "retry", 404),
        ("hoa", "retry", 404),
        ("hoa", "reencode", 404),
    ],
)
def test_a_clip_where_one_may_not_act_is_not_found(
    cast: Cast, who: str, name: str, code: int
) -> None:
    clips = of_each_kind(cast)
    clip = clips["failed" if name == "retry" else "plays"]
    before = asset_of(clip).state
    client = signed_in(getattr(cast, who))
    assert client.get(at(name, clip.pk)).status_code == code
    if code == 404:
        assert client.post(at(name, clip.pk)).status_code == 404
        assert asset_of(clip).state == before


def test_all_are_tried_again_after_a_question(cast: Cast, an: Client) -> None:
    clip = of_each_kind(cast)["failed"]
    other = factories.failed(cast.school_b, cast.hoa, reason="tool")
    question = text(an, at("retry_all"), reason="disk_full")
    assert "1 clip bị lỗi sẽ được thử lại" in question
    assert 'name="reason" value="disk_full"' in question
    an.post(at("retry_all"), {"reason": "disk_full"})
    assert (asset_of(clip).state, asset_of(other).state) == ("received", "failed")
    answer = an.post(at("retry_all"))
    assert "Đang thử lại 1 clip." in words(answer)
    assert asset_of(other).state == "received"


def test_the_history_of_a_clip_tells_who_had_it_tried_again(
    cast: Cast, an: Client
) -> None:
    clip = of_each_kind(cast)["failed"]
    an.post(at("retry", clip.pk))
    page = text(an, reverse("wagtailadmin_pages:history", args=[clip.pk]))
    assert "Đã cho thử lại video bị lỗi" in page
    assert PageLogEntry.objects.filter(page=clip.pk, user=cast.an).exists()
