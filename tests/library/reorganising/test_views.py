"""The screens of reorganising: by hand, by file, shown before it is done, and undone."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from library.reorganising.models import Reorganisation, State
from library.units.models import Role, UnitPage
from tests.cast import Cast, member, person, signed_in

INDEX, NEW = "reorganising:index", "reorganising:new"


@pytest.fixture
def head(cast: Cast) -> User:
    """Leads the district of schools A and B."""
    user = person("ha")
    member(user, cast.district, Role.ADMIN)
    return user


def answers(*rows: dict[str, str], **more: str) -> dict[str, str]:
    data = {"name": "Đợt tháng Bảy", "on": timezone.localdate().isoformat()} | more
    data |= {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"lines-{number}-{name}": text for name, text in row.items()}
    return data


def drafted(client: Client, *rows: dict[str, str]) -> Reorganisation:
    answer = client.post(reverse(NEW), answers(*rows))
    assert answer.status_code == 302, answer.content.decode()
    return Reorganisation.objects.latest("pk")


def done(client: Client, act: str, plan: Reorganisation) -> str:
    answer = client.post(reverse(f"reorganising:{act}", args=[plan.pk]), follow=True)
    plan.refresh_from_db()
    return answer.content.decode()


def parent_of(code: str) -> str:
    above: UnitPage = UnitPage.objects.get(code=code).get_parent().specific
    return above.code


MERGED = {"code": "thpt-dong-xoai", "successors": "thpt-hung-vuong"}


def test_what_a_draft_does_is_shown_then_done_then_undone(
    cast: Cast, head: User
) -> None:
    client = signed_in(head)
    plan = drafted(client, MERGED)
    assert parent_of("thpt-dong-xoai") == "dong-xoai"
    page = client.get(reverse("reorganising:plan", args=[plan.pk])).content.decode()
    assert "sáp nhập vào “Đoàn trường THPT Hùng Vương”" in page
    assert reverse("reorganising:apply", args=[plan.pk]) in page
    assert "Đã thực hiện" in done(client, "apply", plan)
    assert parent_of("thpt-dong-xoai") == "thpt-hung-vuong"
    assert plan.state == State.APPLIED
    assert "Đã hoàn tác" in done(client, "undo", plan)
    assert parent_of("thpt-dong-xoai") == "dong-xoai"


KEEP = "Mọi người giữ vai trò ở đơn vị kế tục"


def test_roles_go_along_only_when_that_was_ticked(cast: Cast, head: User) -> None:
    client = signed_in(head)
    assert KEEP in client.get(reverse(NEW)).content.decode()
    off = drafted(client, MERGED)
    page = client.get(reverse("reorganising:plan", args=[off.pk])).content.decode()
    assert "Có 1 vai trò có thể tự chuyển theo" in page
    answer = client.post(reverse(NEW), answers(MERGED, carries_roles="on"))
    on = Reorganisation.objects.latest("pk")
    page = client.get(answer["Location"]).content.decode()
    assert "người đóng góp tại “Đoàn trường THPT Hùng Vương”" in page
    assert "Vai trò được chuyển theo: <strong>1</strong>" in page
    done(client, "apply", on)
    held = cast.school_b.memberships.filter(user=cast.lan)
    assert held.get().role == Role.CONTRIBUTOR
    done(client, "undo", on)
    assert not held.exists()


def test_every_button_sends_the_token(cast: Cast) -> None:
    plan = drafted(signed_in(cast.an), MERGED)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.an)
    page = client.get(reverse("reorganising:plan", args=[plan.pk])).content.decode()
    assert page.count("csrfmiddlewaretoken") >= page.count("/apply/") + 1


def test_reasons_stand_beside_their_lines_and_nothing_is_done(
    cast: Cast, head: User
) -> None:
    client = signed_in(head)
    plan = drafted(client, {"code": "thpt-xyz", "parent": "dong-xoai"}, MERGED)
    page = client.get(reverse("reorganising:plan", args=[plan.pk])).content.decode()
    assert "Không có đơn vị nào mang mã “thpt-xyz”" in page
    assert reverse("reorganising:apply", args=[plan.pk]) not in page
    assert "Chưa có gì thay đổi" in done(client, "apply", plan)
    assert plan.state == State.DRAFT


def test_lines_that_make_no_sense_are_not_stored(cast: Cast, head: User) -> None:
    page = signed_in(head).post(reverse(NEW), answers({"code": "a"}, MERGED))
    assert "chỉ có mã đơn vị" in page.content.decode()
    empty = signed_in(head).post(reverse(NEW), answers({}))
    assert "ít nhất một dòng" in empty.content.decode()
    assert not Reorganisation.objects.exists()


def test_a_spreadsheet_takes_the_place_of_the_lines(cast: Cast, head: User) -> None:
    file = SimpleUploadedFile(
        "a.csv", "mã đơn vị,tên mới\nthpt-hung-vuong,Trường mới\n".encode()
    )
    answer = signed_in(head).post(reverse(NEW), {**answers(MERGED), "file": file})
    assert answer.status_code == 302
    (line,) = Reorganisation.objects.get().asked
    assert (line.number, line.code, line.name) == (2, "thpt-hung-vuong", "Trường mới")


def test_a_hostile_spreadsheet_is_refused_in_words(cast: Cast, head: User) -> None:
    file = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no archive")
    page = signed_in(head).post(reverse(NEW), {**answers(), "file": file})
    assert "bị hỏng" in page.content.decode()
    formula = SimpleUploadedFile("a.csv", "mã,tên mới\n".encode())
    page = signed_in(head).post(reverse(NEW), {**answers(), "file": formula})
    assert page.status_code == 200


def test_the_empty_spreadsheet_can_be_had(cast: Cast, head: User) -> None:
    answer = signed_in(head).get(reverse("reorganising:template"))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet["A1"].value == "Mã đơn vị"


def test_a_draft_is_changed_or_deleted_what_was_done_is_not(
    cast: Cast, head: User
) -> None:
    client = signed_in(head)
    plan = drafted(client, MERGED)
    edit = reverse("reorganising:edit", args=[plan.pk])
    assert "thpt-hung-vuong" in client.get(edit).content.decode()
    client.post(edit, answers({"code": "thpt-dong-xoai", "name": "Tên"}))
    plan.refresh_from_db()
    assert plan.asked[0].name == "Tên"
    done(client, "apply", plan)
    assert "Chỉ sửa được" in client.get(edit, follow=True).content.decode()
    delete = reverse("reorganising:delete", args=[plan.pk])
    assert "Chỉ xóa được" in client.post(delete, follow=True).content.decode()
    other = drafted(client, MERGED)
    client.post(reverse("reorganising:delete", args=[other.pk]))
    assert list(Reorganisation.objects.all()) == [plan]


def test_what_waits_is_recalled(cast: Cast, head: User) -> None:
    client = signed_in(head)
    plan = drafted(client, {**MERGED, "on": "2090-01-01"})
    assert "khi đến ngày" in done(client, "apply", plan)
    assert plan.state == State.WAITING
    assert "bản nháp" in done(client, "recall", plan)
    assert plan.state == State.DRAFT


def test_whoever_administers_no_unit_gets_no_page_and_no_menu(cast: Cast) -> None:
    for user in (cast.lan, cast.minh, cast.nam):
        client = signed_in(user)
        assert client.get(reverse(INDEX)).status_code == 302
        assert client.get(reverse(NEW)).status_code == 302
        assert reverse(INDEX) not in client.get("/admin/").content.decode()


def test_an_admin_elsewhere_finds_nothing(cast: Cast, head: User) -> None:
    plan = drafted(signed_in(head), MERGED)
    other = person("binh")
    member(other, cast.other_district, Role.ADMIN)
    client = signed_in(other)
    assert plan.name not in client.get(reverse(INDEX)).content.decode()
    for act in ("plan", "edit"):
        path = reverse(f"reorganising:{act}", args=[plan.pk])
        assert client.get(path).status_code == 404
    for act in ("apply", "undo", "recall", "delete"):
        path = reverse(f"reorganising:{act}", args=[plan.pk])
        assert client.post(path).status_code == 404
    assert Reorganisation.objects.get().state == State.DRAFT


def test_an_admin_does_not_apply_what_is_not_theirs(cast: Cast, head: User) -> None:
    client = signed_in(head)
    plan = drafted(client, {"code": "thpt-dong-xoai", "parent": "bu-dang"})
    page = done(client, "apply", plan)
    assert "không nằm dưới đơn vị bạn quản trị" in page
    assert parent_of("thpt-dong-xoai") == "dong-xoai"
    assert "Đã thực hiện" in done(signed_in(cast.an), "apply", plan)
    assert "quản trị" in done(client, "undo", plan)
    assert plan.state == State.APPLIED


def test_the_list_has_pages_and_says_how_each_stands(cast: Cast) -> None:
    client = signed_in(cast.an)
    assert "Chưa có đợt sắp xếp nào" in client.get(reverse(INDEX)).content.decode()
    plan = drafted(client, MERGED)
    done(client, "apply", plan)
    page = client.get(reverse(INDEX)).content.decode()
    assert plan.name in page
    assert "người thực hiện" in page
