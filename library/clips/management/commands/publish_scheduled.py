"""Wagtail's scheduler, made safe: a clip that is not ready waits, the others go on."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as StockCommand
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


class Command(StockCommand):
    """The stock one stops at the first page that may not go live, and loses its date."""

    help = (
        "Publish and unpublish what is due; what is not ready waits for the next run."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        for page in Page.objects.filter(live=True, expire_at__lt=timezone.now()):
            page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in due.order_by("approved_go_live_at"):
            self._publish(revision)

    def _publish(self, revision: Revision) -> None:
        """Rolled back whole where it is refused, so that the date stays."""
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except (ValidationError, PermissionDenied) as error:
            logger.warning("revision=%s waits: %s", revision.pk, error)
            self.stderr.write(f"{revision.object_str}: {error}")
