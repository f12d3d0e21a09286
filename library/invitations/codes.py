"""Codes of invitations: drawn by chance, printed in large letters, typed on any keyboard.

No vowel, D or W is among the letters, so that Vietnamese typing (Telex, VNI) makes no
other letter of them; nor is O, I or L, which are read as the digits they look like.
"""

from __future__ import annotations

import math
import re
import secrets

ALPHABET = "0123456789BCFGHJKMNPQRSTVXZ"
LENGTH = 10
BITS = LENGTH * math.log2(len(ALPHABET))  # 47: see `tries` for how often one may guess

_LOOKS_LIKE = str.maketrans("OIL", "011")
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read(typed: str) -> str:
    """The code that is meant, or nothing: blanks, hyphens and small letters are fine."""
    code = re.sub(r"[\s\-–.]", "", typed).upper().translate(_LOOKS_LIKE)
    return code if _CODE.fullmatch(code) else ""


def in_groups(code: str) -> str:
    """As it is read out and printed."""
    return f"{code[:5]}-{code[5:]}"
