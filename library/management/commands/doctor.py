"""`manage.py doctor`: writes and reads back on every service, says what is wrong."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from library.health import findings


class Command(BaseCommand):
    help = "Check every configured service and say in words what is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings()
        if options["json"]:
            services = [asdict(finding) for finding in found]
            ok = all(finding.ok for finding in found)
            self.stdout.write(json.dumps({"ok": ok, "services": services}))
        else:
            for finding in found:
                mark = "ok  " if finding.ok else "BAD "
                self.stdout.write(f"{mark} {finding.service}: {finding.detail}")
        if bad := [finding.service for finding in found if not finding.ok]:
            raise CommandError(f"Not well: {', '.join(bad)}.")
