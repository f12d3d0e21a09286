"""`manage.py transcode SOURCE OUT_DIR [--json]`: the engine alone, no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from media_pipeline import reasons
from media_pipeline.errors import PipelineError, RefusedError
from media_pipeline.package import Manifest
from media_pipeline.transcode import Progress, transcode

REFUSED = 2


class Command(BaseCommand):
    help = "Turn one video file into a playable package (HLS, download, posters)."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", type=Path)
        parser.add_argument("out_dir", type=Path)
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self, *, source: Path, out_dir: Path, as_json: bool, **options: Any
    ) -> None:
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        try:
            manifest = transcode(source, out_dir, on_progress=self._tell)
        except RefusedError as error:
            self._refuse(error, as_json=as_json)
        except (PipelineError, OSError) as error:
            raise CommandError(f"The clip could not be encoded: {error}") from error
        else:
            self._report(manifest, out_dir, as_json=as_json)

    def _tell(self, progress: Progress) -> None:
        left = (
            "" if progress.seconds_left is None else f", {progress.seconds_left} s left"
        )
        self.stderr.write(f"{progress.fraction:4.0%} {progress.phase}{left}")

    def _refuse(self, error: RefusedError, *, as_json: bool) -> None:
        message = reasons.message(error.reason)
        if as_json:
            verdict = {"accepted": False, "reason": error.reason, "message": message}
            self.stdout.write(json.dumps(verdict, ensure_ascii=False))
        self.stderr.write(f"{error.reason}: {message}")
        sys.exit(REFUSED)

    def _report(self, manifest: Manifest, out_dir: Path, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(manifest.as_json(), ensure_ascii=False))
            return
        for one in manifest.renditions:
            self.stdout.write(
                f"{one.name}: {one.width}×{one.height}, {one.average_kbps} kbit/s"
            )
        self.stdout.write(f"{out_dir / manifest.master}")
