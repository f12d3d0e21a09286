"""Titles as people write them, and the words of an address made from them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from django.utils.translation import gettext as _

SLUG_LENGTH = 60


def nfc(text: str) -> str:
    """Composed, one line, no doubled spaces: `Toa´n  10` and `Toán 10` are one title."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(" " if _is_blank(character) else character for character in composed)
    return " ".join(kept.split())


def _is_blank(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"}


def title_from(file_name: str) -> str:
    """`bai_3-phuong_trinh.MP4` → `bai 3 phuong trinh`; never empty."""
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = PurePath(name).stem if PurePath(name).suffix else name
    return nfc(re.sub(r"[_\s]+", " ", stem))[:200] or _("Clip without a title")


def slug_of(title: str) -> str:
    """ASCII words of an address; `Đường tròn` → `duong-tron`."""
    plain = title.replace("đ", "d").replace("Đ", "D")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", letters.lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:SLUG_LENGTH]
        if len(longer) > SLUG_LENGTH:
            break
        slug = longer
    return slug or "clip"
