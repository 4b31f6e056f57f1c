"""The form of a report as it is filled in on the spot, on a phone held in one hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.accounts.models import User
from reports.conditions import actions
from reports.conditions.models import ConditionReport, Disturbance, RiskToPeople, Threat
from reports.sources.actions import field_name, field_source
from reports.sources.models import Source
from reports.vocabulary import (
    STATUS_KINDS,
    CauseCategory,
    CauseType,
    Certainty,
    DamageGrade,
    Danger,
    ReportKind,
    ThreatProbability,
)
from sites.vocabulary import DatePrecision

ONE_SPAN = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)
"""One day tells all of it; its other end follows."""
ANY: list[tuple[str, Any]] = [("", "–")]


class ReportForm(forms.ModelForm):
    """A draft with what a person on the spot knows; the rest can be added in the admin."""

    said_by = forms.CharField(
        label=gettext_lazy("Who says so"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: you saw it yourself."),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Kind of cause"), choices=[*ANY, *CauseCategory.choices], required=False
    )
    cause = forms.ChoiceField(label=gettext_lazy("What acted"), choices=[*ANY, *CauseType.choices], required=False)
    probability = forms.ChoiceField(
        label=gettext_lazy("How probable is it"), choices=[*ANY, *ThreatProbability.choices], required=False
    )
    dangers = forms.MultipleChoiceField(
        label=gettext_lazy("What endangers people there"),
        choices=Danger.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ConditionReport
        fields = [
            "kind",
            "damage_grade",
            "part",
            "date_precision",
            "date_from",
            "date_to",
            "date_uncertain",
            "narrative",
            "language",
            "certainty",
            "method",
            "access",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "damage_grade": forms.RadioSelect,
            "certainty": forms.RadioSelect,
            "date_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "date_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "narrative": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        }
        labels = {"date_to": gettext_lazy("Seen on"), "narrative": gettext_lazy("What you saw")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        fields: Any = self.fields
        fields["kind"].choices = ReportKind.choices
        fields["damage_grade"].choices = DamageGrade.choices
        fields["certainty"].choices = [choice for choice in Certainty.choices if choice[0] != Certainty.NOT_APPLICABLE]
        fields["date_to"].required = True
        fields["date_precision"].required = True
        self._begin()

    def _begin(self) -> None:
        report = self.instance
        self.initial["seen"] = report.version
        if report._state.adding:
            today = timezone.localdate()
            begun = {"date_to": today, "date_precision": DatePrecision.DAY}
            self.initial = {**self.initial, **begun, "language": get_language() or "en"}
            return
        name = report.source.name
        self.initial["said_by"] = "" if name == field_name(self.user.organisation) else name
        self.initial["dangers"] = [risk.danger for risk in report.risks.all()]
        if first := self._first(report):
            self.initial["category"], self.initial["cause"] = first.category, first.cause
            self.initial["probability"] = getattr(first, "probability", "")

    @staticmethod
    def _first(report: ConditionReport) -> Disturbance | Threat | None:
        found = report.threats if report.kind == ReportKind.THREAT else report.disturbances
        return found.first()

    def clean_said_by(self) -> Source:
        name = self.cleaned_data["said_by"].strip()
        if not name:
            return field_source(self.user.organisation)
        if source := Source.objects.filter(name__iexact=name).first():
            return source
        raise forms.ValidationError(
            _("No source is called so. Choose one of the list, or leave this empty and name it in the text.")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("date_precision") in ONE_SPAN:
            cleaned["date_from"] = None
        if cleaned.get("kind") not in STATUS_KINDS:
            cleaned["damage_grade"] = ""
        self._clean_cause(cleaned)
        self.instance.source = cleaned.get("said_by") or Source()
        return cleaned

    def _clean_cause(self, cleaned: dict[str, Any]) -> None:
        is_threat = cleaned.get("kind") == ReportKind.THREAT
        category, cause, probability = (cleaned.get(name) for name in ("category", "cause", "probability"))
        if bool(category) != bool(cause):
            self.add_error("cause", _("Say both what kind of cause it is and what acted, or leave both open."))
        if is_threat and not (category and cause and probability):
            self.add_error("probability", _("Of a threat, say what may act and how probable it is."))

    @transaction.atomic
    def save(self, commit: bool = True) -> ConditionReport:
        """Raises what `actions.save_draft` raises."""
        report: ConditionReport = self.instance
        actions.save_draft(report, by=self.user, seen=self.cleaned_data["seen"])
        actions.replace_findings(report, self._findings(report))
        return report

    def _findings(self, report: ConditionReport) -> dict[Any, list[dict[str, Any]]]:
        """The first cause is what the form shows; further ones, entered elsewhere, stay as they are."""
        data = self.cleaned_data
        cause = {"category": data["category"], "cause": data["cause"]} if data["cause"] else None
        is_threat = data["kind"] == ReportKind.THREAT
        caused = {**cause, "certainty": data["certainty"]} if cause and not is_threat else None
        threat = {**cause, "probability": data["probability"]} if cause and is_threat else None
        return {
            Disturbance: _first_and_rest(report.disturbances, caused),
            Threat: _first_and_rest(report.threats, threat),
            RiskToPeople: self._risks(report),
        }

    def _risks(self, report: ConditionReport) -> list[dict[str, Any]]:
        known = {row["danger"]: row for row in _rows(report.risks)}
        new = {"certainty": self.cleaned_data["certainty"]}
        return [known.get(danger, {"danger": danger, **new}) for danger in self.cleaned_data["dangers"]]


def _first_and_rest(related: Any, first: dict[str, Any] | None) -> list[dict[str, Any]]:
    before, *rest = _rows(related) or [{}]
    return [{**before, **first}, *rest] if first else rest


def _rows(related: Any) -> list[dict[str, Any]]:
    fields = [field.name for field in related.model._meta.concrete_fields if field.name not in {"id", "report"}]
    return list(related.values(*fields))
