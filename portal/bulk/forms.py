"""What somebody is asked before many rows are changed at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from reports.conditions.models import Incident
from reports.conditions.workflow import TRANSITIONS, Step
from reports.inspections.queries import people


class Nothing(forms.Form):
    """Whether it is meant, and no more."""

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by


class Why(Nothing):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The reason stays with each of them."),
        max_length=2_000,
        widget=UnfoldAdminTextInputWidget,
    )


class Titled(Nothing):
    title = forms.CharField(
        label=_("Name of the incident"),
        help_text=_("Left empty, it is named by its cause and its time."),
        max_length=Incident._meta.get_field("title").max_length,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )


class ToWhom(Nothing):
    to: Any = forms.ModelChoiceField(label=_("To"), queryset=None, widget=UnfoldAdminSelectWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people(self.by, who=TRANSITIONS[Step.VERIFY].permission)  # type: ignore[attr-defined]
        self.fields["to"].initial = self.by.pk
