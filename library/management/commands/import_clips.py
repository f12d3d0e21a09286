"""`manage.py import_clips`: a manifest of clips, row by row through the journey."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from library import journey
from library.clips import gate
from library.clips.consent import Consent
from library.clips.models import ClipPage
from library.progress_bar import ProgressBar
from library.uploads import imports, manifest
from library.uploads.manifest import Entry
from library.uploads.sessions import UploadRefusedError
from media_pipeline.jobs import worker


@dataclass(frozen=True)
class Outcome:
    """What became of one row. `state`: added, present, bad, or once waited for:
    published, draft, refused, failed."""

    line: int
    state: str
    title: str = ""
    clip: int | None = None
    message: str = ""

    def is_short_of(self, is_publishing: bool) -> bool:  # noqa: FBT001
        """Whether less became of it than was asked for."""
        if self.state in {"bad", "refused", "failed"}:
            return True
        return is_publishing and (self.state == "draft" or bool(self.message))


class Command(BaseCommand):
    help = "Import clips from a CSV manifest; a second run adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("manifest", type=Path)
        parser.add_argument("--user", help="who imports; needed by --publish")
        parser.add_argument("--publish", action="store_true")
        parser.add_argument("--wait", action="store_true")
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--consent",
            choices=[Consent.NO_MINORS, Consent.ON_FILE],
            default=Consent.NO_MINORS,
            help="with --publish: your word for rows of a manifest without that column",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = _importer(options["user"], must_be_superuser=options["publish"])
        path: Path = options["manifest"]
        try:
            rows = manifest.read(path)
        except manifest.ManifestError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["publish"] and not any("consent" in cells for _, cells in rows):
            rows = [
                (at, {**cells, "consent": options["consent"]}) for at, cells in rows
            ]
            self.stderr.write(f"consent: {options['consent']}, by the word of {user}")
        entries, faults = manifest.parse(rows, path.parent)
        outcomes = [Outcome(f.line, "bad", message=f.message) for f in faults]
        publish_by = user if options["publish"] else None
        outcomes += [_bring(entry, user, publish_by) for entry in entries]
        if options["wait"]:
            bar = ProgressBar(self.stderr, "Clips")
            outcomes = wait_for(outcomes, bar.show)
            bar.close()
        self._report(sorted(outcomes, key=lambda one: one.line), options)

    def _report(self, outcomes: list[Outcome], options: dict[str, Any]) -> None:
        if options["json"]:
            rows = [asdict(outcome) for outcome in outcomes]
            self.stdout.write(json.dumps({"rows": rows}, ensure_ascii=False, indent=1))
        for outcome in outcomes:
            text = f"{outcome.line}: {outcome.state} {outcome.title} {outcome.message}"
            stream = self.stderr if options["json"] else self.stdout
            stream.write(text.rstrip())
        bad = sum(outcome.is_short_of(options["publish"]) for outcome in outcomes)
        if bad:
            done = "published" if options["publish"] else "imported"
            raise CommandError(f"{bad} of {len(outcomes)} rows were not {done}.")


def _importer(name: str | None, *, must_be_superuser: bool) -> User:
    people = User.objects.filter(is_active=True)
    user = (
        people.filter(username=name).first()
        if name
        else people.filter(is_superuser=True).order_by("pk").first()
    )
    if must_be_superuser and (name is None or user is None or not user.is_superuser):
        raise CommandError("--publish needs a superuser: --user NAME", returncode=2)
    if user is None:
        raise CommandError(f"There is no user {name or 'yet'}", returncode=2)
    return user


def _bring(entry: Entry, user: User, publish_by: User | None) -> Outcome:
    if found := imports.already_there(entry):
        return Outcome(entry.line, "present", entry.title, found.pk)
    try:
        clip = journey.imported(entry, user, publish_by=publish_by)
    except ValidationError as error:
        return Outcome(entry.line, "bad", entry.title, message=" ".join(error.messages))
    except (UploadRefusedError, OSError) as error:
        return Outcome(entry.line, "bad", entry.title, message=str(error))
    missing = gate.details_missing(ClipPage.objects.get(pk=clip.pk))
    why = " ".join(str(one.sentence) for one in missing) if publish_by else ""
    return Outcome(entry.line, "added", entry.title, clip.pk, why)


def wait_for(
    outcomes: list[Outcome], tell: Callable[[int, int], None]
) -> list[Outcome]:
    """Until each clip is playable or refused; takes part in the work meanwhile."""
    clips = {outcome.clip for outcome in outcomes if outcome.clip}
    while True:
        worker.drain()
        left = [
            clip
            for clip in ClipPage.objects.filter(pk__in=clips).select_related("asset")
            if clip.asset is not None and not clip.asset.is_over
        ]
        tell(len(clips) - len(left), len(clips))
        if not left:
            worker.drain()
            return [_settled(outcome) for outcome in outcomes]
        time.sleep(0.5)


def _settled(outcome: Outcome) -> Outcome:
    clip = ClipPage.objects.filter(pk=outcome.clip).select_related("asset").first()
    if clip is None or clip.asset is None:
        return outcome
    if clip.asset.is_refused or clip.asset.has_failed:
        state = "refused" if clip.asset.is_refused else "failed"
        return replace(outcome, state=state, message=str(clip.asset.message))
    return replace(outcome, state="published" if clip.live else "draft")
