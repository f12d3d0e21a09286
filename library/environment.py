"""Typed readers of the environment: each fails loudly with the variable's name."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class EnvironmentValueError(ValueError):
    """A variable of the environment has a value that cannot be used."""


def env_str(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise EnvironmentValueError(f"{name}={value!r}: say true or false")


def env_choice(name: str, default: str, choices: Iterable[str]) -> str:
    value = os.environ.get(name, "").strip().lower() or default
    if value not in choices:
        wanted = ", ".join(sorted(choices))
        raise EnvironmentValueError(f"{name}={value!r}: say one of {wanted}")
    return value


def env_choices(name: str, default: str, others: str) -> frozenset[str]:
    """Several of the defaults and others, between commas; `none` for none of them."""
    choices = {*default.split(","), *others.split(",")}
    value = os.environ.get(name, "").strip().lower() or default
    chosen = frozenset(filter(None, map(str.strip, value.split(",")))) - {"none"}
    if unknown := chosen - choices:
        wanted = ", ".join(sorted(choices))
        raise EnvironmentValueError(f"{name}={unknown}: say some of {wanted}")
    return chosen


def env_int(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise EnvironmentValueError(f"{name}={value!r}: say a whole number") from error


def env_secret(name: str) -> str:
    """The value of NAME, or the content of the file that NAME_FILE points to."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return ""


def database(url: str) -> dict[str, Any]:
    """`sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]),
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise EnvironmentValueError(f"DATABASE_URL: unknown scheme {parts.scheme!r}")
