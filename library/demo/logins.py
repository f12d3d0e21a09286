"""Who can sign in to a demo, as its sign-in page names them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "thuvienmo"  # noqa: S105 - of a demo on one machine, told on its sign-in page


@dataclass(frozen=True)
class Login:
    label: str | Promise
    username: str


CONTRIBUTOR = Login(_("Contributor of a school"), "thptdongxoai")
CURATOR = Login(_("Curator of a district"), "duyet.dongxoai")
PROVINCE = Login(_("Administrator of the province"), "tinhdoan")
SUPERUSER = Login(_("Library administrator"), "quantri")
LOGINS = (CONTRIBUTOR, CURATOR, PROVINCE, SUPERUSER)
