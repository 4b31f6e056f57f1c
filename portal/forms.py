"""What people fill in on the portal's own pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.alerts import cadence
from reports.alerts.models import Kind, Severity, Subscription


class WishesForm(forms.ModelForm):
    """How somebody wants to be told."""

    about_what = forms.TypedMultipleChoiceField(
        label=_("About what"), choices=Kind.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    min_severity = forms.TypedChoiceField(label=_("From severity"), choices=Severity.choices, coerce=int)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lambda: [(name, name) for name in cadence.timezones()])

    class Meta:
        model = Subscription
        fields = ["cadence", "min_severity", "critical_at_once", "time_zone", "quiet_from", "quiet_until", "language"]
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["about_what"] = [int(kind) for kind in self.instance.kinds_chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.instance.kinds = sum(cleaned.get("about_what", [])) or self.instance.kinds
        return cleaned


class AskForm(forms.Form):
    """An outsider's address."""

    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)
