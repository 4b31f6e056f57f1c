"""Plans, money and statements as REST tells and takes them; the actions check what comes in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from reports.conditions.api.refusing import refusable
from reports.restoration import actions
from reports.restoration.models import CostEstimate, Donor, Milestone, Plan, PlanStep, Pledge, ProspectStatement
from reports.sources.models import Source
from sites.models import Monument, Site

TIME = ["date_from", "date_to", "date_precision", "date_uncertain"]
SAID = [*TIME, "source", "source_year", "source_citation", "source_url", "source_archive_url", "certainty"]
"""Of every statement."""


class SaidSerializer(serializers.ModelSerializer):
    """What somebody says, with its source; written through an action."""

    source: Any = serializers.SlugRelatedField(slug_field="name", queryset=Source.objects.all())

    def create(self, validated_data: dict[str, Any]) -> Any:
        model: Any = self.Meta.model
        row = model(**validated_data)
        return refusable(lambda: self.write(row))

    def write(self, row: Any) -> Any:
        return actions.save_record(row, by=self.context["request"].user)


class PlanStepSerializer(SaidSerializer):
    """What a plan became. Without `to_status` or `to_phase` these stay; `version`: of the plan, as it was read."""

    version = serializers.IntegerField(required=False, min_value=1, write_only=True)
    to_status = serializers.ChoiceField(PlanStep._meta.get_field("to_status").choices, required=False)  # type: ignore[arg-type]
    to_phase = serializers.ChoiceField(PlanStep._meta.get_field("to_phase").choices, required=False)  # type: ignore[arg-type]

    class Meta:
        model = PlanStep
        fields = [
            "id",
            "from_status",
            "to_status",
            "from_phase",
            "to_phase",
            "progress",
            "planned_from",
            "planned_to",
            "reason",
            *SAID,
            "recorded_at",
            "corrects",
            "void",
            "version",
        ]
        read_only_fields = ["from_status", "from_phase", "recorded_at", "corrects", "void"]

    def create(self, validated_data: dict[str, Any]) -> PlanStep:
        seen = validated_data.pop("version", None)
        step = PlanStep(**validated_data)
        refusable(lambda: actions.take_step(step, by=self.context["request"].user, seen=seen))
        return step


class CostSerializer(SaidSerializer):
    class Meta:
        model = CostEstimate
        fields = ["id", "amount", "currency", "approximate", "price_year", "covers", "whole", "replaces", *SAID]


class PledgeSerializer(SaidSerializer):
    donor: Any = serializers.SlugRelatedField(
        slug_field="name", queryset=Donor.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = Pledge
        fields = ["id", "donor", "stage", "amount", "currency", "approximate", "of", *SAID]


class MilestoneSerializer(SaidSerializer):
    source = None

    class Meta:
        model = Milestone
        fields = ["id", "title", "language", "due_on", "reached_on"]


class StatementSerializer(SaidSerializer):
    """What somebody said of a monument's prospects, in their words and in translation."""

    monument: Any = serializers.SlugRelatedField(slug_field="slug", queryset=Monument.objects.select_related("site"))

    class Meta:
        model = ProspectStatement
        fields = [
            "id",
            "monument",
            "speaker",
            "office",
            "words",
            "language",
            "quoted",
            "translation",
            "translation_language",
            "supports",
            *SAID,
        ]


class PlanSerializer(SaidSerializer):
    """A plan as it is today. Status, phase and planned time of a new one make its first step; steps change them."""

    site: Any = serializers.SlugRelatedField(slug_field="slug", queryset=Site.objects.all(), required=False)
    monument: Any = serializers.SlugRelatedField(
        slug_field="slug", queryset=Monument.objects.select_related("site"), required=False, allow_null=True
    )
    url = serializers.HyperlinkedIdentityField(view_name="api:plan-detail")

    class Meta:
        model = Plan
        fields = [
            "id",
            "url",
            "version",
            "site",
            "monument",
            "part",
            "title",
            "language",
            "note",
            "status",
            "status_on",
            "phase",
            "progress",
            "planned_from",
            "planned_to",
            "changed_on",
            "proponent",
            "responsible",
            "partners",
            "method",
            "charters",
            "charter_note",
            "authenticity_impact",
            "surviving_percent",
            "documentation",
            "feasibility",
            "feasibility_reason",
            "urgency",
            "urgency_reason",
            "whc_notified_on",
            "contested",
            "opposing_view",
            "community_position",
            *SAID,
        ]
        read_only_fields = ["version", "status_on", "progress", "changed_on"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.get("site") and not attrs.get("monument"):
            raise serializers.ValidationError({"site": ["Name the site, or the monument."]})
        return attrs

    def write(self, row: Plan) -> Plan:
        return actions.save_plan(row, by=self.context["request"].user)


class PlanDetailSerializer(PlanSerializer):
    """With all that hangs on it: steps (the corrected ones too), money, milestones, what it waits for."""

    steps = PlanStepSerializer(many=True, read_only=True)
    costs = CostSerializer(many=True, read_only=True, source="standing_costs")
    pledges = PledgeSerializer(many=True, read_only=True, source="standing_pledges")
    milestones = MilestoneSerializer(many=True, read_only=True, source="standing_milestones")
    further_monuments: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    waits_for: Any = serializers.SlugRelatedField(
        slug_field="needs_id", many=True, read_only=True, source="dependencies", help_text="Keys of plans."
    )

    class Meta(PlanSerializer.Meta):
        fields = [
            *PlanSerializer.Meta.fields,
            "further_monuments",
            "steps",
            "costs",
            "pledges",
            "milestones",
            "waits_for",
        ]
