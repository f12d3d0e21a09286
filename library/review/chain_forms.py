"""The forms by which the steps of review are set at a unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from library.units.models import UnitKind, UnitPage

MOST_STEPS = 5


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, unit: UnitPage) -> str:
        return "– " * (unit.depth - 3) + unit.title


class ForUnitForm(forms.Form):
    """At which unit: there are no steps yet, or there are and they are shown."""

    unit = UnitField(
        UnitPage.objects.none(),
        label=_("Unit"),
        to_field_name="code",
        empty_label=_("Choose a unit"),
    )

    def __init__(self, *args: Any, units: QuerySet[UnitPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class StepsForm(forms.Form):
    """Kinds of unit in their order; empty ones between are closed up."""

    def __init__(self, *args: Any, kinds: list[UnitKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_STEPS + 1):
            self.fields[f"step_{place}"] = forms.ModelChoiceField(
                UnitKind.objects.all(),
                label=gettext("Step %(place)s: curators of") % {"place": place},
                required=False,
                empty_label="–",
                initial=kinds[place - 1] if place <= len(kinds) else None,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kinds = self.kinds()
        twice = {kind.name for kind in kinds if kinds.count(kind) > 1}
        if twice:
            raise ValidationError(
                gettext("Name each kind of unit once; twice: %(kinds)s")
                % {"kinds": ", ".join(sorted(twice))}
            )
        return cleaned

    def kinds(self) -> list[UnitKind]:
        places = range(1, MOST_STEPS + 1)
        chosen = [self.cleaned_data.get(f"step_{place}") for place in places]
        return [kind for kind in chosen if kind is not None]
