"""Monuments with their status over REST.

A monument is the registry's, but every reader asks for its status; as the registry knows nothing of
reports, the endpoint lives here and builds on `sites.api`.
"""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as FormError
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from reports.conditions import moments, queries
from reports.conditions.explanation import Bearing, Rule
from reports.conditions.querysets import Moment
from reports.conditions.questions import MonumentFilter
from reports.conditions.status import Status
from reports.vocabulary import Certainty, Condition, DamageGrade, FabricStatus
from sites.api import MonumentSerializer
from sites.models import Monument
from sites.vocabulary import DatePrecision


class SideSerializer(serializers.Serializer):
    """One of two reports that contradict each other."""

    report = serializers.UUIDField()
    source = serializers.CharField()  # type: ignore[assignment]
    damage_grade = serializers.ChoiceField(DamageGrade.choices)


class StatusSerializer(serializers.Serializer):
    """What the published reports say of a monument at the moment asked about."""

    damage_grade = serializers.ChoiceField(DamageGrade.choices)
    condition = serializers.ChoiceField(Condition.choices)
    fabric_status = serializers.ChoiceField(FabricStatus.choices)
    certainty = serializers.ChoiceField(Certainty.choices)
    observed_on = serializers.DateField(allow_null=True, help_text="The last day of the observation that counts.")
    observed_from = serializers.DateField(allow_null=True)
    observed_precision = serializers.ChoiceField(DatePrecision.choices, allow_blank=True)
    contested = serializers.BooleanField(help_text="Two sources contradict each other; the worse grade is used.")
    suspected = serializers.BooleanField(help_text="Unsure reports speak of damage since.")
    assessed_on = serializers.DateField(allow_null=True, help_text="The last day on which somebody sure looked.")
    days_since_assessment = serializers.SerializerMethodField(
        help_text="From then to the day asked about; null: never assessed."
    )
    sides = serializers.SerializerMethodField(help_text="Where it is contested: both, the used one first.")
    report = serializers.UUIDField(source="report_id", allow_null=True, help_text="The report that counts.")
    rival = serializers.UUIDField(source="rival_id", allow_null=True, help_text="The report that contradicts it.")

    @extend_schema_field(SideSerializer(many=True))
    def get_sides(self, held: Status) -> list[dict[str, Any]]:
        return list(SideSerializer(self.context["sides"].get(held.report_id, []), many=True).data)

    def get_days_since_assessment(self, held: Status) -> int | None:
        moment: Moment = self.context["view"].moment
        return (moment.day - held.assessed_on).days if held.assessed_on else None


class PastStatusSerializer(StatusSerializer):
    """As above; how long nobody had looked is a question of the moment, not of a period."""

    days_since_assessment = None  # type: ignore[assignment]


class StatusPeriodSerializer(serializers.Serializer):
    """A status and the days on which it held; `valid_to` is the first day on which it no longer did."""

    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    status = PastStatusSerializer()


class VerdictSerializer(serializers.Serializer):
    """How one published report bears on the status."""

    report = serializers.UUIDField(source="account.id")
    source_name = serializers.CharField(source="account.source_name")
    observed_on = serializers.DateField(source="account.observation.observed_on")
    damage_grade = serializers.ChoiceField(
        DamageGrade.choices, allow_blank=True, source="account.observation.damage_grade"
    )
    certainty = serializers.ChoiceField(Certainty.choices, source="account.observation.certainty")
    bearing = serializers.ChoiceField(Bearing.choices)
    why = serializers.CharField(source="bearing.label", help_text="The same in words.")


class ExplanationSerializer(serializers.Serializer):
    """Why the status is what it is, in the language of the request."""

    sentence = serializers.CharField()
    rule = serializers.ChoiceField(Rule.choices)
    since = serializers.DateField(allow_null=True, help_text="Since when the grade has been this without a break.")
    reports = VerdictSerializer(source="verdicts", many=True)
    would_change = serializers.ListField(child=serializers.CharField(), source="outlook")


class StatusListSerializer(serializers.ListSerializer):
    """A page of monuments: their statuses in one query."""

    child: MonumentWithStatusSerializer

    def to_representation(self, data: Any) -> list[Any]:
        page = list(data)
        if "status" not in self.child.fields:
            return super().to_representation(page)
        self.child.statuses = queries.statuses([m.pk for m in page], self.context["view"].moment)
        sides = queries.sides(self.child.statuses.values())
        # One for all: making a serializer costs more than what it then says of one status.
        self.child.of_status = StatusSerializer(context={**self.context, "sides": sides})
        return super().to_representation(page)


class MonumentWithStatusSerializer(MonumentSerializer):
    """A monument and its status at the moment asked about."""

    status = serializers.SerializerMethodField()

    class Meta(MonumentSerializer.Meta):
        fields = [*MonumentSerializer.Meta.fields, "status"]
        list_serializer_class = StatusListSerializer

    statuses: dict[UUID, Status]
    of_status: StatusSerializer

    @extend_schema_field(StatusSerializer)
    def get_status(self, monument: Monument) -> dict[str, Any]:
        told: dict[str, Any] = self.of_status.to_representation(self.statuses[monument.pk])
        return told


class MonumentDetailSerializer(MonumentSerializer):
    """A monument with its status, the reasons for it, its history and the spread of its parts."""

    status = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField(help_text="Why this status?")
    parts = serializers.SerializerMethodField(help_text="How many parts have which damage grade.")
    worst_part = serializers.SerializerMethodField(help_text="The grade of the worst part; null: it has no parts.")
    history = serializers.SerializerMethodField(help_text="All periods, oldest first, as known at the moment.")

    class Meta(MonumentSerializer.Meta):
        fields = [*MonumentSerializer.Meta.fields, "status", "why", "parts", "worst_part", "history"]

    @extend_schema_field(StatusSerializer)
    def get_status(self, monument: Monument) -> dict[str, Any]:
        held = queries.statuses([monument.pk], self.context["view"].moment)
        context = {**self.context, "sides": queries.sides(held.values())}
        return StatusSerializer(held[monument.pk], context=context).data

    @extend_schema_field(ExplanationSerializer)
    def get_why(self, monument: Monument) -> dict[str, Any]:
        reader = self.context["request"].user
        return ExplanationSerializer(queries.explain(monument.pk, self.context["view"].moment, reader)).data

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "integer"}})
    def get_parts(self, monument: Monument) -> dict[str, int]:
        return dict(self._spread(monument))

    @extend_schema_field(serializers.ChoiceField(DamageGrade.choices, allow_null=True))
    def get_worst_part(self, monument: Monument) -> str | None:
        spread = self._spread(monument)
        return queries.worst(spread) if spread else None

    def _spread(self, monument: Monument) -> Counter[str]:
        if not hasattr(self, "_parts"):
            self._parts = queries.parts_spread(monument.pk, self.context["view"].moment)
        return self._parts

    @extend_schema_field(StatusPeriodSerializer(many=True))
    def get_history(self, monument: Monument) -> list[dict[str, Any]]:
        periods = queries.history(monument.pk, known_at=self.context["view"].moment.known_at)
        context = {**self.context, "sides": queries.sides(period.status for period in periods)}
        return list(StatusPeriodSerializer(periods, many=True, context=context).data)


class MonumentViewSet(viewsets.ReadOnlyModelViewSet):
    """Monuments, each with its status: now, on a day (`as_of`), or as it was believed then (`known_at`)."""

    queryset = Monument.objects.in_full().select_related("parent").order_by("slug")
    filterset_class = MonumentFilter
    lookup_field = "slug"
    moment = queries.NOW

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        try:
            self.moment = moments.read(request.query_params)
        except FormError as error:
            raise ValidationError(error.message_dict) from error

    def get_queryset(self) -> QuerySet[Monument]:
        return MonumentSerializer.with_expanded(super().get_queryset(), self.request)

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        return MonumentDetailSerializer if self.action == "retrieve" else MonumentWithStatusSerializer
