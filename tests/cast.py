"""The people and units that tests speak of.

Tree: Bình Phước > Đồng Xoài > (school A, school B); Bình Phước > Bù Đăng > school C.
Lan uploads for A, Minh curates Đồng Xoài, Hoa belongs to B (contributor), Tú curates
B, Bảo uploads for C, An is superuser, Guest has no account, Nam may enter the admin
but has no role at any unit.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import Permission, User
from django.test import Client
from wagtail.models import Page

from library import founding
from library.units import members
from library.units.models import LibraryPage, Membership, Role, UnitKind, UnitPage


@dataclass(frozen=True)
class Cast:
    library: LibraryPage
    province: UnitPage
    district: UnitPage
    other_district: UnitPage
    school_a: UnitPage
    school_b: UnitPage
    school_c: UnitPage
    lan: User
    minh: User
    hoa: User
    tu: User
    bao: User
    nam: User
    an: User


def person(username: str, *, superuser: bool = False) -> User:
    make = User.objects.create_superuser if superuser else User.objects.create_user
    return make(
        username,
        email=f"{username}@example.org",
        password="mat-khau-thu-2026",
        first_name=username.capitalize(),
    )


def unit(parent: Page, code: str, title: str, kind: str) -> UnitPage:
    kinds = {"province": 1, "district": 2, "school": 3}
    kind_row, _ = UnitKind.objects.get_or_create(
        code=kind, defaults={"name": kind, "rank": kinds[kind]}
    )
    page: UnitPage = parent.add_child(
        instance=UnitPage(title=title, slug=code, code=code, kind=kind_row)
    )
    return page


def member(user: User, at: UnitPage, role: Role) -> Membership:
    return members.grant(user, at, role, valid_from=datetime.date(2021, 1, 1))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def assemble() -> Cast:
    library = founding.root_page()
    province = unit(library, "binh-phuoc", "Tỉnh đoàn Bình Phước", "province")
    district = unit(province, "dong-xoai", "Thành đoàn Đồng Xoài", "district")
    other = unit(province, "bu-dang", "Huyện đoàn Bù Đăng", "district")
    school_a = unit(district, "thpt-dong-xoai", "Đoàn trường THPT Đồng Xoài", "school")
    school_b = unit(
        district, "thpt-hung-vuong", "Đoàn trường THPT Hùng Vương", "school"
    )
    school_c = unit(other, "thpt-bu-dang", "Đoàn trường THPT Bù Đăng", "school")
    names = ("lan", "minh", "hoa", "tu", "bao", "nam")
    people = {name: person(name) for name in names}
    people["nam"].user_permissions.add(Permission.objects.get(codename="access_admin"))
    member(people["lan"], school_a, Role.CONTRIBUTOR)
    member(people["minh"], district, Role.CURATOR)
    member(people["hoa"], school_b, Role.CONTRIBUTOR)
    member(people["tu"], school_b, Role.CURATOR)
    member(people["bao"], school_c, Role.CONTRIBUTOR)
    return Cast(
        library=library,
        province=province,
        district=district,
        other_district=other,
        school_a=school_a,
        school_b=school_b,
        school_c=school_c,
        an=person("an", superuser=True),
        **people,
    )
