"""What people fill in to plan an inspection and to say what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from reports.conditions.models import ConditionReport
from reports.inspections import queries
from reports.inspections.actions.planning import TOLD
from reports.inspections.models import Inspection
from reports.inspections.vocabulary import Task
from sites.models import Monument
from sites.references import Choice

LAST = 30
"""So many reports are offered as the result; an older one is hardly what came of it."""


def day_field() -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=_("Due on"), widget=widget, input_formats=["%Y-%m-%d"])


class PersonField(Choice):
    """Somebody who can be sent there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Who looks"), queryset=queries.people(None).none(), **kwargs)  # type: ignore[arg-type]


class PlanForm(forms.Form):
    due_on = day_field()
    assigned_to = PersonField(required=False, empty_label=_("Nobody yet"))
    reason = forms.CharField(
        label=_("What for"),
        required=False,
        help_text=_("What is to be found out."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tasks = forms.MultipleChoiceField(
        label=_("What to look at"),
        choices=Task.choices,
        initial=Task.values,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_words = forms.CharField(
        label=_("What else to look at, one thing a line"),
        required=False,
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, monument: Monument, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["assigned_to"].queryset = queries.people(user, monument.site)

    def clean_own_words(self) -> list[str]:
        lines: str = self.cleaned_data["own_words"]
        return [line.strip()[:300] for line in lines.splitlines() if line.strip()]


class AssignForm(forms.Form):
    assigned_to = PersonField(required=False, empty_label=_("Nobody any more"))

    def __init__(self, *args: Any, inspection: Inspection, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["assigned_to"].queryset = queries.people(user, inspection.monument.site)
        fields["assigned_to"].initial = inspection.assigned_to_id


class ReasonForm(forms.Form):
    """The page of an inspection has two of these; `prefix` keeps their fields apart."""

    reason = forms.CharField(label=_("Why"), max_length=1_000)


class RescheduleForm(ReasonForm):
    due_on = day_field()
    field_order = ["due_on", "reason"]


class RecordForm(forms.Form):
    result = Choice(label=_("Report"), queryset=ConditionReport.objects.none(), empty_label=None)

    def __init__(self, *args: Any, inspection: Inspection, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["result"].queryset = results(inspection, user)


def results(inspection: Inspection, user: Any) -> QuerySet[ConditionReport]:
    """The reports that can be its result, the last written first."""
    readable = ConditionReport.objects.visible_to(user).filter(state__in=TOLD)
    of_it = readable.filter(monument=inspection.monument_id) | readable.filter(monument__parent=inspection.monument_id)
    last = of_it.order_by("-id").values_list("pk", flat=True)[:LAST]
    return ConditionReport.objects.filter(pk__in=list(last)).select_related("monument", "source").order_by("-id")
