"""Titles as people write them, and the words of an address made from them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

from django.utils.translation import gettext as _

SLUG_LENGTH = 60


def nfc(text: str) -> str:
    """Composed, one line, no doubled spaces: `Toa´n  10` and `Toán 10` are one title.

    Nothing unseen stays: a character that turns the direction of writing would let a
    title look like another one, and spoil the line in which it is shown.
    """
    seen = "".join(character for character in text if not _is_unseen(character))
    composed = unicodedata.normalize("NFC", seen)
    kept = "".join(" " if _is_blank(character) else character for character in composed)
    return " ".join(kept.split())


def _is_unseen(character: str) -> bool:
    """Format characters, and the halves of a pair that no database takes."""
    return unicodedata.category(character) in {"Cf", "Cs"}


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
