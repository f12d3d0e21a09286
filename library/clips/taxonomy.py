"""What clips are sorted by: kinds, grades, subjects with their grades, skills."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel


class ClipKind(models.Model):
    """What a clip is (lecture, skill, event recording …); targets count by it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("kind of clip")
        verbose_name_plural = _("kinds of clip")

    def __str__(self) -> str:
        return self.name


class Grade(models.Model):
    """A grade of the school programme; `code` is its number as text ("10")."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    level = models.CharField(_("school level"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("grade")
        verbose_name_plural = _("grades")

    def __str__(self) -> str:
        return self.name


class Subject(ClusterableModel):
    """A subject of the school programme."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self) -> str:
        return self.name


class SubjectOffer(models.Model):
    """The grades in which a subject is taught, from a school year on."""

    subject = ParentalKey(Subject, on_delete=models.CASCADE, related_name="offers")
    first_grade = models.PositiveSmallIntegerField(_("first grade"))
    last_grade = models.PositiveSmallIntegerField(_("last grade"))
    compulsory = models.BooleanField(_("compulsory"), default=True)
    from_year = models.PositiveSmallIntegerField(_("from school year"), default=2020)

    class Meta:
        ordering = ["first_grade"]
        verbose_name = _("subject by grade")
        verbose_name_plural = _("subjects by grade")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "first_grade", "from_year"],
                name="an_offer_starts_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.first_grade}–{self.last_grade}"

    def clean(self) -> None:
        super().clean()
        grades: tuple[int | None, ...] = (self.first_grade, self.last_grade)
        if None not in grades and self.last_grade < self.first_grade:
            said = _("The last grade is before the first.")
            raise ValidationError({"last_grade": said})


class Skill(models.Model):
    """A skill; roots have no parent."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """No skill is part of itself, nor of what is part of it."""
        super().clean()
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                said = _("A skill cannot be part of itself.")
                raise ValidationError({"parent": said})
            seen.add(above.pk)
            above = above.parent


Row = TypeVar("Row", bound=models.Model)


def named(model: type[Row], text: str) -> Row | None:
    """The row of that code or name; compared here, as SQLite's LIKE folds ASCII alone."""
    wanted = text.casefold()
    for row in model._default_manager.all():  # noqa: SLF001
        if wanted in {str(row.code).casefold(), str(row).casefold()}:  # type: ignore[attr-defined]
            return row
    return None
