"""The demo's people: a few who sign in, and a contributor for each school that brings clips."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import User

from library.demo.logins import PASSWORD, SUPERUSER
from library.units import members, names
from library.units.models import Role, UnitPage

SINCE = datetime.date(2021, 5, 28)

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
MIDDLE = ("Thị Thu", "Văn", "Ngọc", "Minh", "Thị Mai", "Quốc", "Thanh", "Hữu", "Thuỳ")
GIVEN = ("Hà", "Dũng", "Lan", "Khôi", "Hương", "Bảo", "Trang", "Nam", "Linh", "Phúc")


def person(username: str, place: str, *, superuser: bool = False) -> User:
    """The same name for the same place in every demo; a second call changes nothing."""
    user, is_new = User.objects.get_or_create(
        username=username,
        defaults={
            **_name(place),
            "email": f"{username}@example.org",
            "is_staff": superuser,
            "is_superuser": superuser,
        },
    )
    if is_new:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    return user


def _name(place: str) -> dict[str, str]:
    number = sum(map(ord, place))
    lists = (FAMILY, number), (MIDDLE, number // 7), (GIVEN, number // 3)
    return names.parts(" ".join(words[at % len(words)] for words, at in lists))


def superuser() -> User:
    return person(SUPERUSER.username, SUPERUSER.username, superuser=True)


def holder(unit: UnitPage, role: Role, username: str) -> User:
    """Whoever has the role at the unit, else a new person with that user name."""
    if found := members.people(unit, role).first():
        return found
    user = person(username, f"{unit.code}{role}")
    members.grant(user, unit, role, valid_from=SINCE)
    return user
