"""Plans, money and statements as REST tells and takes them; the actions check what comes in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from reports.conditions.api.refusing import refusable
from reports.conditions.queries import NOW
from reports.restoration import actions, course
from reports.restoration.models import (
    CostEstimate,
    Dependency,
    Donor,
    Milestone,
    Plan,
    PlanStep,
    Pledge,
    ProspectStatement,
)
from reports.sources.models import Source
from sites.models import Monument, Site
from sites.references import Keyed, Named

TIME = ["date_from", "date_to", "date_precision", "date_uncertain"]
SAID = [*TIME, "source", "source_year", "source_citation", "source_url", "source_archive_url", "certainty"]
"""Of every statement."""
THEN = ["status", "status_on", "phase", "progress", "planned_from", "planned_to", "changed_on"]
"""What the steps of a plan say of it at a moment."""


class SaidSerializer(serializers.ModelSerializer):
    """What somebody says, with its source; written through an action."""

    serializer_related_field = Keyed
    source: Any = Named(slug_field="name", queryset=Source.objects.all())

    def create(self, validated_data: dict[str, Any]) -> Any:
        model: Any = self.Meta.model
        row = model(**validated_data)
        return refusable(lambda: self.write(row))

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        for name, value in validated_data.items():
            setattr(instance, name, value)
        return refusable(lambda: self.write(instance))

    def write(self, row: Any) -> Any:
        return actions.save_record(row, by=self.context["request"].user)


class PlanStepSerializer(SaidSerializer):
    """What a plan became. Without `to_status` or `to_phase` these stay; `version`: of the plan, as it was read."""

    version = serializers.IntegerField(required=False, min_value=1, write_only=True)
    to_status = serializers.ChoiceField(
        PlanStep._meta.get_field("to_status").choices,  # type: ignore[arg-type]
        required=False,
        allow_blank=True,
    )
    to_phase = serializers.ChoiceField(
        PlanStep._meta.get_field("to_phase").choices,  # type: ignore[arg-type]
        required=False,
        allow_blank=True,
    )

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


class CorrectStepSerializer(PlanStepSerializer):
    """The step that takes the place of a wrong one; or, with `void` alone, that it never happened."""

    step: Any = Keyed(queryset=PlanStep.objects.all(), write_only=True, help_text="The wrong step.")
    void = serializers.BooleanField(required=False, default=False)
    reason = serializers.CharField(help_text="What was wrong.")

    class Meta(PlanStepSerializer.Meta):
        fields = [*PlanStepSerializer.Meta.fields, "step"]
        read_only_fields = ["from_status", "from_phase", "recorded_at", "corrects"]

    def get_fields(self) -> dict[str, Any]:
        """Of what never happened nobody says when and who says so."""
        fields: dict[str, Any] = super().get_fields()
        if self.initial_void:
            for name in ("source", "certainty"):
                fields[name].required = False
        return fields

    @property
    def initial_void(self) -> bool:
        sent: Any = getattr(self, "initial_data", {})
        return str(sent.get("void", "")).lower() in {"true", "1"}

    def create(self, validated_data: dict[str, Any]) -> PlanStep:
        wrong, plan = validated_data.pop("step"), validated_data.pop("plan")
        facts = {"reason": validated_data.pop("reason"), "seen": validated_data.pop("version", None)}
        void = validated_data.pop("void")
        if wrong.plan_id != plan.pk:
            raise serializers.ValidationError({"step": ["This is a step of another plan."]})
        right = None if void else PlanStep(plan=plan, **validated_data)
        refusable(lambda: actions.correct_step(wrong, right, by=self.context["request"].user, **facts))
        return PlanStep.objects.get(corrects=wrong)


class WaitSerializer(serializers.ModelSerializer):
    """A plan that cannot begin before another one is completed."""

    serializer_related_field = Keyed

    class Meta:
        model = Dependency
        fields = ["needs", "note"]


class StopWaitingSerializer(serializers.Serializer):
    needs = serializers.UUIDField(help_text="The key of the plan that it waits for.")


class CostSerializer(SaidSerializer):
    class Meta:
        model = CostEstimate
        fields = ["id", "amount", "currency", "approximate", "price_year", "covers", "whole", "replaces", *SAID]
        extra_kwargs = {"replaces": {"listed": "cost"}}


class PledgeSerializer(SaidSerializer):
    donor: Any = Named(slug_field="name", queryset=Donor.objects.all(), required=False, allow_null=True)

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

    monument: Any = Named(slug_field="slug", queryset=Monument.objects.select_related("site"))

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

    site: Any = Named(slug_field="slug", queryset=Site.objects.all(), required=False)
    monument: Any = Named(
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

    def to_representation(self, plan: Plan) -> dict[str, Any]:
        """As it was at the moment that is asked about."""
        told: dict[str, Any] = super().to_representation(plan)
        moment = self.context.get("moment", NOW)
        if moment != NOW:
            state: Any = course.state_on(course.standing(plan.steps.all(), moment.known_at), moment.day)
            told |= {name: getattr(state, name) for name in THEN}
        return told

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.instance is None and not attrs.get("site") and not attrs.get("monument"):
            raise serializers.ValidationError({"site": ["Name the site, or the monument."]})
        return attrs

    def write(self, row: Plan) -> Plan:
        return actions.save_plan(row, by=self.context["request"].user)


class PlanChangeSerializer(PlanSerializer):
    """A change of what a plan is described by, with the `version` that was read; steps change what becomes of it."""

    version = serializers.IntegerField(min_value=1)

    class Meta(PlanSerializer.Meta):
        read_only_fields = ["status_on", "progress", "changed_on"]

    def update(self, instance: Plan, validated_data: dict[str, Any]) -> Plan:
        seen = validated_data.pop("version")
        for name, value in validated_data.items():
            setattr(instance, name, value)
        saved: Plan = refusable(lambda: actions.save_plan(instance, by=self.context["request"].user, seen=seen))
        return saved

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "version" not in attrs:
            raise serializers.ValidationError({"version": ["Send the version that you have read."]})
        return attrs


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
