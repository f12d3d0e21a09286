"""The table of what words stand for; editors fill it, no index need be built anew."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from search.text import key, normalise, tokens

MOST_WORDS = 8


class Synonym(models.Model):
    """Whoever searches for `words` also finds what says `means`; one abbreviation may have several."""

    words = models.CharField(
        _("what is typed"),
        max_length=80,
        help_text=_("A word, an abbreviation or a phrase: thpt, k10, anh văn."),
    )
    means = models.CharField(
        _("also finds"),
        max_length=80,
        help_text=_("With all marks: trung học phổ thông, khối 10, tiếng Anh."),
    )
    both_ways = models.BooleanField(
        _("the other way round too"),
        default=False,
        help_text=_("Whoever types the second then also finds the first."),
    )

    class Meta:
        ordering = ["words", "means"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(
                fields=["words", "means"],
                name="search_synonym_once",
                violation_error_message=_("This synonym is there already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.words} {'↔' if self.both_ways else '→'} {self.means}"

    def clean(self) -> None:
        """Stored as the search reads it: lower case, one space between words."""
        super().clean()
        self.words, self.means = _plain(self.words), _plain(self.means)
        faults = {
            name: fault
            for name in ("words", "means")
            if (fault := _fault(getattr(self, name)))
        }
        if faults:
            raise ValidationError(faults)
        if key(self.words) == key(self.means):
            raise ValidationError(_("Both are one word to the search already."))
        if self._is_the_reverse_of_another():
            raise ValidationError(_("This synonym is there already, turned round."))

    def _is_the_reverse_of_another(self) -> bool:
        others = Synonym.objects.filter(words=self.means, means=self.words)
        if not self.both_ways:
            others = others.filter(both_ways=True)
        return others.exclude(pk=self.pk).exists()


def _plain(text: str) -> str:
    return " ".join(normalise(word.text) for word in tokens(text))


def _fault(text: str) -> str:
    if not text:
        return gettext("There is no letter and no digit in this.")
    if text.count(" ") >= MOST_WORDS:
        return gettext("At most %(most)d words.") % {"most": MOST_WORDS}
    return ""
