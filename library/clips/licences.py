"""The Creative Commons licences a clip may carry, by SPDX identifier."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Licence:
    code: str  # SPDX
    short: str
    meaning: str | Promise
    url: str


_BASE = "https://creativecommons.org"
LICENCES = {
    licence.code: licence
    for licence in (
        Licence(
            "CC-BY-4.0",
            "CC BY 4.0",
            _("Use freely, name the authors"),
            f"{_BASE}/licenses/by/4.0/deed.vi",
        ),
        Licence(
            "CC-BY-SA-4.0",
            "CC BY-SA 4.0",
            _("Use freely, name the authors, share alike"),
            f"{_BASE}/licenses/by-sa/4.0/deed.vi",
        ),
        Licence(
            "CC-BY-NC-4.0",
            "CC BY-NC 4.0",
            _("Name the authors, not for sale"),
            f"{_BASE}/licenses/by-nc/4.0/deed.vi",
        ),
        Licence(
            "CC-BY-NC-SA-4.0",
            "CC BY-NC-SA 4.0",
            _("Name the authors, not for sale, share alike"),
            f"{_BASE}/licenses/by-nc-sa/4.0/deed.vi",
        ),
        Licence(
            "CC-BY-ND-4.0",
            "CC BY-ND 4.0",
            _("Name the authors, do not change"),
            f"{_BASE}/licenses/by-nd/4.0/deed.vi",
        ),
        Licence(
            "CC-BY-NC-ND-4.0",
            "CC BY-NC-ND 4.0",
            _("Name the authors, not for sale, do not change"),
            f"{_BASE}/licenses/by-nc-nd/4.0/deed.vi",
        ),
        Licence(
            "CC0-1.0",
            "CC0 1.0",
            _("Use freely, no conditions"),
            f"{_BASE}/publicdomain/zero/1.0/deed.vi",
        ),
    )
}


def licence_choices() -> list[tuple[str, str]]:
    return [(code, licence.short) for code, licence in LICENCES.items()]
