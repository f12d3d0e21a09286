"""A reorganisation from a seed file, kept as a draft: it is applied like any other."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from django.contrib.auth.models import User
from django.db import transaction

from library.reorganising.lines import parsed
from library.reorganising.models import Reorganisation
from library.reorganising.rights import holder_of
from library.units.models import UnitKind

DONG_NAI_2025 = Path(__file__).resolve().parent / "data" / "dong_nai_2025.json"


@transaction.atomic
def draft_of(path: Path = DONG_NAI_2025, by: User | None = None) -> Reorganisation:
    """The one of that name if there is one, however it stands by now."""
    seed = json.loads(path.read_text(encoding="utf-8"))
    known = Reorganisation.objects.filter(name=seed["name"]).first()
    if known is not None:
        return known
    for row in seed["kinds"]:
        details = {name: value for name, value in row.items() if name != "code"}
        UnitKind.objects.get_or_create(code=row["code"], defaults=details)
    on = datetime.date.fromisoformat(seed["on"])
    plan = Reorganisation(name=seed["name"], on=on, made_by=by)
    plan.asked = [
        parsed(number, cells, on) for number, cells in enumerate(seed["lines"], start=1)
    ]
    plan.within = holder_of(plan.asked)
    plan.save()
    return plan
