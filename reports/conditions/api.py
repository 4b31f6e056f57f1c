"""Monuments with their status, and condition reports, over REST.

A monument is the registry's, but every reader asks for its status; as the registry knows nothing of
reports, the endpoint lives here and builds on `sites.api`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError as FormError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from reports.conditions import moments, queries
from reports.conditions.models import ConditionReport, Disturbance, Threat
from reports.conditions.status import Status
from reports.conditions.workflow import ONCE_PUBLISHED
from reports.sources.models import Source
from reports.vocabulary import Certainty, Condition, DamageGrade, FabricStatus
from sites.api import MonumentSerializer
from sites.models import Monument, Name, Site
from sites.vocabulary import DatePrecision, MonumentType, Period


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
    report = serializers.UUIDField(source="report_id", allow_null=True, help_text="The report that counts.")
    rival = serializers.UUIDField(source="rival_id", allow_null=True, help_text="The report that contradicts it.")


class StatusPeriodSerializer(serializers.Serializer):
    """A status and the days on which it held; `valid_to` is the first day on which it no longer did."""

    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    status = StatusSerializer()


class StatusListSerializer(serializers.ListSerializer):
    """A page of monuments: their statuses in one query."""

    child: MonumentWithStatusSerializer

    def to_representation(self, data: Any) -> list[Any]:
        page = list(data)
        self.child.statuses = queries.statuses([m.pk for m in page], self.context["view"].moment)
        return super().to_representation(page)


class MonumentWithStatusSerializer(MonumentSerializer):
    status = serializers.SerializerMethodField()

    class Meta(MonumentSerializer.Meta):
        fields = [*MonumentSerializer.Meta.fields, "status"]
        list_serializer_class = StatusListSerializer

    statuses: dict[UUID, Status]

    @extend_schema_field(StatusSerializer)
    def get_status(self, monument: Monument) -> dict[str, Any]:
        return StatusSerializer(self.statuses[monument.pk]).data


class MonumentDetailSerializer(MonumentSerializer):
    status = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField(help_text="All periods, oldest first, as known at the moment.")

    class Meta(MonumentSerializer.Meta):
        fields = [*MonumentSerializer.Meta.fields, "status", "history"]

    @extend_schema_field(StatusSerializer)
    def get_status(self, monument: Monument) -> dict[str, Any]:
        held = queries.statuses([monument.pk], self.context["view"].moment)
        return StatusSerializer(held[monument.pk]).data

    @extend_schema_field(StatusPeriodSerializer(many=True))
    def get_history(self, monument: Monument) -> list[dict[str, Any]]:
        periods = queries.history(monument.pk, known_at=self.context["view"].moment.known_at)
        return list(StatusPeriodSerializer(periods, many=True).data)


NO_SUCH_SITE = {"invalid_choice": _("There is no site of this slug; /api/v1/sites/ lists them.")}
NO_SUCH_MONUMENT = {"invalid_choice": _("There is no monument of this slug; /api/v1/monuments/ lists them.")}


class MonumentFilter(filters.FilterSet):
    site = filters.ModelChoiceFilter(
        queryset=Site.objects.all(), to_field_name="slug", label="Slug of a site.", error_messages=NO_SUCH_SITE
    )
    parent = filters.ModelChoiceFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of the whole: lists its parts.",
        error_messages=NO_SUCH_MONUMENT,
    )
    type = filters.MultipleChoiceFilter(choices=MonumentType.choices)
    period = filters.MultipleChoiceFilter(choices=Period.choices)
    search = filters.CharFilter(method="named", label="Part of a name, in any language.")
    damage_grade = filters.MultipleChoiceFilter(
        choices=DamageGrade.choices, method="graded", label="Damage grade at the moment asked about."
    )
    as_of = filters.DateFilter(method="unfiltered", label="What was true on that day, such as 2016-06-01.")
    known_at = filters.IsoDateTimeFilter(
        method="unfiltered", label="What was believed at that time, such as 2016-06-01T12:00:00Z."
    )

    class Meta:
        model = Monument
        fields: list[str] = []

    def named(self, monuments: QuerySet[Monument], name: str, text: str) -> QuerySet[Monument]:
        names = Name.objects.filter(text__icontains=text, monument__isnull=False)
        return monuments.filter(pk__in=names.values("monument"))

    def graded(self, monuments: QuerySet[Monument], name: str, grades: list[str]) -> QuerySet[Monument]:
        return queries.of_grade(monuments, grades, moments.read(self.data)) if grades else monuments

    def unfiltered(self, monuments: QuerySet[Monument], name: str, value: object) -> QuerySet[Monument]:
        """The moment says which status is shown, not which monuments."""
        return monuments


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

    def get_serializer_class(self) -> type[serializers.BaseSerializer]:
        return MonumentDetailSerializer if self.action == "retrieve" else MonumentWithStatusSerializer


class SourceOfReportSerializer(serializers.ModelSerializer):
    class Meta:
        model = Source
        fields = ["name", "kind"]


class DisturbanceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Disturbance
        fields = ["category", "cause", "certainty"]


class ThreatSerializer(serializers.ModelSerializer):
    class Meta:
        model = Threat
        fields = ["category", "cause", "probability"]


class ConditionReportSerializer(serializers.ModelSerializer):
    """What somebody observed of one monument at one time. Its author is never told."""

    url = serializers.HyperlinkedIdentityField(view_name="api:condition-report-detail")
    monument: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    site: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True, source="monument.site")
    observed_on = serializers.DateField(read_only=True, allow_null=True, help_text="From this day on it counts.")
    damage_grade = serializers.ChoiceField(
        DamageGrade.choices, allow_blank=True, help_text="Empty for threats and situations, which have none."
    )
    causes = DisturbanceSerializer(source="disturbances", many=True)
    threats = ThreatSerializer(many=True)
    source: Any = SourceOfReportSerializer()
    supersedes = serializers.UUIDField(source="supersedes_id", allow_null=True, help_text="The report it corrects.")
    superseded_by = serializers.SerializerMethodField(help_text="The published report that corrects it.")

    class Meta:
        model = ConditionReport
        fields = [
            "id",
            "url",
            "monument",
            "site",
            "part",
            "kind",
            "observed_on",
            "date_from",
            "date_to",
            "date_precision",
            "date_uncertain",
            "date_contested",
            "attribution_contested",
            "damage_grade",
            "extent",
            "condition",
            "fabric_status",
            "certainty",
            "suspected",
            "causes",
            "threats",
            "source",
            "source_year",
            "source_url",
            "narrative",
            "language",
            "state",
            "published_at",
            "retracted_at",
            "retraction_reason",
            "supersedes",
            "superseded_by",
        ]

    def get_superseded_by(self, report: Any) -> str | None:
        standing = [c for c in report.published_corrections if c.retracted_at is None]
        return str(standing[0].pk) if standing else None


class ConditionReportFilter(filters.FilterSet):
    monument = filters.ModelChoiceFilter(
        queryset=Monument.objects.all(),
        to_field_name="slug",
        label="Slug of a monument.",
        error_messages=NO_SUCH_MONUMENT,
    )
    site = filters.ModelChoiceFilter(
        field_name="monument__site",
        queryset=Site.objects.all(),
        to_field_name="slug",
        label="Slug of a site.",
        error_messages=NO_SUCH_SITE,
    )
    observed_after = filters.DateFilter(field_name="date_to", lookup_expr="gte", label="On that day or later.")
    observed_before = filters.DateFilter(field_name="date_to", lookup_expr="lte", label="On that day or earlier.")
    published_after = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="gte")
    published_before = filters.IsoDateTimeFilter(field_name="published_at", lookup_expr="lte")

    class Meta:
        model = ConditionReport
        fields = ["kind", "damage_grade", "certainty", "state"]


class ConditionReportViewSet(viewsets.ReadOnlyModelViewSet):
    """Condition reports, the last observed first; the public sees those that were published."""

    queryset = ConditionReport.objects.all()
    serializer_class = ConditionReportSerializer
    filterset_class = ConditionReportFilter

    def get_queryset(self) -> QuerySet[ConditionReport]:
        corrections = ConditionReport.objects.filter(state__in=ONCE_PUBLISHED)
        prefetch = Prefetch("corrections", queryset=corrections, to_attr="published_corrections")
        reports = ConditionReport.objects.visible_to(self.request.user).in_full()
        return reports.prefetch_related(prefetch).order_by("-date_to", "-id")
