"""The form of a draft: what another scale says goes in as given; a change needs the version that was read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget

from reports.conditions import scales
from reports.conditions.models import ConditionReport


class DraftForm(forms.ModelForm):
    as_given = forms.ChoiceField(
        label=_("Value in another scale"),
        choices=scales.CHOICES,
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_("As the source gives it; it is kept, and what the fields below leave open is taken from it."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ConditionReport
        fields: list[str] = []  # the admin's fieldsets say which

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        report = self.instance
        if report.source_scheme:
            self.initial["as_given"] = f"{report.source_scheme}:{report.source_value}"
        self.initial["seen"] = report.version
        cites = self.fields.get("cites")
        if isinstance(cites, forms.ModelMultipleChoiceField):
            standing = ConditionReport.objects.standing().select_related("monument", "source")
            about = report.monument_id or self.initial.get("monument")
            cites.queryset = standing.filter(monument=about) if about else standing.none()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        scheme, _colon, value = cleaned.get("as_given", "").partition(":")
        # Before the model is validated: its own rules read them.
        self.instance.source_scheme, self.instance.source_value = scheme, value
        return cleaned
