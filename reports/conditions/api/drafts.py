"""What a draft is made of when it comes in over REST."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as FormError
from django.db import transaction
from rest_framework import serializers

from reports.conditions import actions, scales
from reports.conditions.api.serializers import (
    CONTENT,
    DisturbanceSerializer,
    EffectSerializer,
    RiskSerializer,
    ThreatSerializer,
)
from reports.conditions.models import ConditionReport, Disturbance, Effect, RiskToPeople, Threat
from reports.conditions.workflow import State, VerificationMethod
from reports.sources.models import Source
from sites.models import Monument
from sites.references import Keyed, Named

FINDINGS = {"causes": Disturbance, "effects": Effect, "threats": Threat, "risks": RiskToPeople}


class DraftSerializer(serializers.ModelSerializer):
    """A draft of a condition report. A change needs the `version` that was read."""

    monument: Any = Named(slug_field="slug", queryset=Monument.objects.select_related("site"))
    source: Any = Named(slug_field="name", queryset=Source.objects.all())
    cites: Any = Keyed(
        many=True, required=False, queryset=ConditionReport.objects.filter(state=State.PUBLISHED, confidential=False)
    )
    source_scheme = serializers.ChoiceField(scales.Scheme.choices, required=False, allow_blank=True)
    source_value = serializers.CharField(required=False, allow_blank=True, max_length=20)
    causes = DisturbanceSerializer(many=True, required=False)
    effects = EffectSerializer(many=True, required=False)
    threats = ThreatSerializer(many=True, required=False)
    risks = RiskSerializer(many=True, required=False)
    version = serializers.IntegerField(required=False, min_value=1)

    class Meta:
        model = ConditionReport
        fields = ["monument", *CONTENT, "version"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is not None and "version" not in attrs:
            raise serializers.ValidationError({"version": ["Send the version that you have read."]})
        scheme, value = attrs.get("source_scheme", ""), attrs.get("source_value", "")
        if scheme and value not in scales.SCALES[scheme]:
            known = ", ".join(scales.SCALES[scheme])
            raise serializers.ValidationError({"source_value": [f"This scale has: {known}."]})
        return attrs

    @transaction.atomic
    def save(self, **kwargs: Any) -> ConditionReport:
        data = dict(self.validated_data)
        findings = {model: data.pop(name) for name, model in FINDINGS.items() if name in data}
        cites, seen = data.pop("cites", None), data.pop("version", None)
        report = self.instance or ConditionReport()
        for name, value in data.items():
            setattr(report, name, value)
        try:
            actions.save_draft(report, by=self.context["request"].user, seen=seen)
            actions.replace_findings(report, findings)
        except FormError as error:
            raise serializers.ValidationError(by_field(error)) from error
        if cites is not None:
            report.cites.set(cites)
        return report


class StepSerializer(serializers.Serializer):
    """The version that was read; whoever changed the report since is not overwritten."""

    version = serializers.IntegerField(min_value=1)


class ReasonSerializer(StepSerializer):
    reason = serializers.CharField()


class VerifySerializer(StepSerializer):
    method = serializers.ChoiceField(VerificationMethod.choices)


class EmbargoSerializer(ReasonSerializer):
    until = serializers.DateTimeField()
    tell = serializers.BooleanField(default=False, help_text="Send alerts when the embargo ends.")


def by_field(error: FormError) -> dict[str, list[str]]:
    """What a form or a model found wrong, as REST tells it."""
    messages = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    return {("non_field_errors" if name == "__all__" else name): found for name, found in messages.items()}
