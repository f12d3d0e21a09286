"""Invitations to a role at a unit, who used them, and how often somebody guessed."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.invitations import codes
from library.units.models import Role, UnitPage


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Those by which somebody may still come, as far as their own rows tell."""
        today = timezone.localdate()
        still = self.filter(withdrawn_at=None, expires_on__gt=today)
        used = still.filter(unit__ended_on=None).annotate(used=Count("uses"))
        # Grouped rows forget the order of their model.
        return used.filter(used__lt=F("places")).order_by("-made_at", "-pk")


class Invitation(models.Model):
    """One or several people may take the role; whoever knows the code is one of them.

    The code is kept as it is: slips are printed and mails are sent again.
    """

    unit = models.ForeignKey(
        UnitPage, on_delete=models.CASCADE, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    email = models.EmailField(_("e-mail"), blank=True)
    code = models.CharField(max_length=20, unique=True, default=codes.draw)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("expires on"))  # the first day without it
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.ADMIN) | Q(places=1),
                name="one_admin_for_an_invitation",
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(places=1),
                name="one_person_for_an_invitation_by_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_role_display()}"

    @property
    def address(self) -> str:
        """What the QR code holds: it leads to the page and fills in the code."""
        return settings.PUBLIC_URL + reverse("invitations:open", args=[self.code])

    @property
    def code_in_groups(self) -> str:
        return codes.in_groups(self.code)

    @property
    def last_day(self) -> datetime.date:
        """As people say until when it is valid."""
        return self.expires_on - datetime.timedelta(1)


class InvitationUse(models.Model):
    """Somebody took the role; an account that is deleted frees no place."""

    invitation = models.ForeignKey(
        Invitation, on_delete=models.CASCADE, related_name="uses"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "user"], name="an_invitation_is_used_once_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id}: {self.user}"


class WrongTry(models.Model):
    """Somebody tried a code that is none; of whom only a keyed digest is kept, an hour."""

    who = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="wrong_tries_of_somebody")]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at}"
