"""How people are named wherever they are shown: the family name first.

Django keeps two parts; the admin's forms call `last_name` “Họ” and `first_name` “Tên”.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, User


def full_name(user: AbstractUser) -> str:
    return f"{user.last_name} {user.first_name}".strip()


def shown(user: AbstractUser) -> str:
    """By the account where no name is known."""
    return user.get_full_name() or user.get_username()


def parts(name: str) -> dict[str, str]:
    """Of a name as people write it; a single word is what one is called by."""
    family, *called = name.split() or [""]
    if not called:
        return {"last_name": "", "first_name": family}
    return {"last_name": family, "first_name": " ".join(called)}


def put_family_first() -> None:
    """Our pages and Wagtail's alike ask this method of Django's for a person's name."""
    User.add_to_class("get_full_name", full_name)
