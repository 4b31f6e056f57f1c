"""The form of an event: only the fields of its kind count, and a correction says what it corrects."""

from __future__ import annotations

from typing import Any

from django import forms

from reports.situation.models import EventKind, SituationEvent

FIELDS_OF_KIND: dict[str, tuple[str, ...]] = {
    EventKind.CONTROL: ("from_party", "to_party"),
    EventKind.DISPLACEMENT: ("population_before", "population_now"),
    EventKind.ACCESS: ("access",),
    EventKind.HAZARD: ("danger", "area"),
    EventKind.CLEARANCE: ("clears", "outcome", "area"),
}

TYPED = tuple(dict.fromkeys(name for names in FIELDS_OF_KIND.values() for name in names))

EMPTY = {"access": "", "danger": "", "outcome": ""}


def shown_when() -> dict[str, str]:
    """For each typed field, in the words of the admin's script, the kinds that have it."""
    kinds = {name: [kind for kind, names in FIELDS_OF_KIND.items() if name in names] for name in TYPED}
    return {name: " || ".join(f"kind == '{kind.value}'" for kind in found) for name, found in kinds.items()}  # type: ignore[attr-defined]


class EventForm(forms.ModelForm):
    corrects = forms.ModelChoiceField(queryset=SituationEvent.objects.none(), required=False, widget=forms.HiddenInput)

    class Meta:
        model = SituationEvent
        fields: list[str] = []  # the admin's fieldsets say which

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        corrects: Any = self.fields.get("corrects")
        if corrects:
            corrects.queryset = SituationEvent.objects.all()

    def clean(self) -> dict[str, Any]:
        """What another kind has is hidden from the person who fills it in, and so not meant."""
        cleaned = super().clean() or {}
        for name in set(TYPED) - set(FIELDS_OF_KIND.get(cleaned.get("kind", ""), ())):
            if name in self.fields:
                cleaned[name] = EMPTY.get(name)
                self.errors.pop(name, None)
        return cleaned
