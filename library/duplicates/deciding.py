"""A reviewer decides what two clips are to each other: once, on record, with words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from library.clips.models import ClipPage
from library.duplicates import rulings
from library.duplicates.models import Pair, Ruling, Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from library.duplicates.suspicions import Suspicion

RULE = "duplicates.rule"  # the log's name of the act


class RefusedError(Exception):
    """It is not decided; the message tells the reviewer why."""


class RulingForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Compared with the other, this clip is"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Why you think so: whoever asks later reads this."),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


@transaction.atomic
def decide(
    found: Suspicion, user: User, verdict: Verdict, words: str, seen: str = ""
) -> Ruling:
    """`seen`: the ruling that the page showed, so that nobody overrules what they have not
    read."""
    Pair.objects.select_for_update().get(pk=found.pair.pk)
    both = ClipPage.objects.filter(pk__in=[found.clip.pk, found.other.pk])
    list(both.select_for_update().order_by("pk"))  # they are counted, or not, by this
    before = rulings.about(found.clip.pk, found.other.pk).last()
    if (str(before.pk) if before else "") != seen:
        raise RefusedError(_("Somebody else has decided about these two meanwhile."))
    if found.pair.same_file and verdict != Verdict.DUPLICATE:
        raise RefusedError(
            _("The two files are the same, byte for byte: one of them is a duplicate.")
        )
    row = rulings.write(
        found.clip, found.other, verdict, timezone.now(), user.pk, words
    )
    for clip in (found.clip, found.other):
        log(clip, RULE, user=user, data=_told(before, row))
    return row


def _told(before: Ruling | None, row: Ruling) -> dict[str, object]:
    """Numbers and no titles: readers of one clip's log may not know the other."""
    pair = f"{row.clip_number} · {row.other_number}"
    return {
        "before": {"verdict": before.verdict if before else ""},
        "after": {"verdict": row.verdict, "clips": pair, "words": row.words},
    }
