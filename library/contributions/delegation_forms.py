"""The form in which a unit passes its target on: two numbers for each unit below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from library.contributions.delegating import Delegation, Share

MOST = 1_000_000


class DelegationForm(forms.Form):
    """`clips-7` and `members-7` for the unit 7; both may be empty."""

    def __init__(self, data: Any = None, *, found: Delegation) -> None:
        super().__init__(data)
        self.found = found
        for share in found.shares:
            pk = share.unit.pk
            if share.fixed is None:
                self.fields[f"clips-{pk}"] = _number(
                    share.given, _("Target of %(unit)s"), share, max(share.least, 1)
                )
            self.fields[f"members-{pk}"] = _number(
                share.members, _("Members of %(unit)s"), share, 1
            )

    def rows(self) -> Iterator[tuple[Share, Any, Any]]:
        """Each unit with its two fields; the first is missing where it is fixed."""
        for share in self.found.shares:
            clips = f"clips-{share.unit.pk}"
            members = self[f"members-{share.unit.pk}"]
            yield share, self[clips] if clips in self.fields else None, members

    def numbers(self, name: str) -> dict[int, int | None]:
        """What was written under `clips` or `members`, by unit."""
        start = f"{name}-"
        return {
            int(key.removeprefix(start)): value
            for key, value in self.cleaned_data.items()
            if key.startswith(start)
        }


def _number(
    initial: int | None, label: str, share: Share, least: int
) -> forms.IntegerField:
    named = label % {"unit": share.unit.title}
    attrs = {"aria-label": named, "inputmode": "numeric"}
    return forms.IntegerField(
        label=named,
        initial=initial,
        required=False,
        min_value=least,
        max_value=MOST,
        widget=forms.NumberInput(attrs=attrs),
    )
