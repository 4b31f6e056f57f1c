"""What a condition report is over REST."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from reports.conditions.models import ConditionReport, Disturbance, Effect, RiskToPeople, Threat
from reports.sources.models import Source
from reports.vocabulary import DamageGrade
from sites.api import MonumentSerializer, SiteSerializer
from sites.shapes import Shaped

CONTENT = [
    "part",
    "kind",
    "date_from",
    "date_to",
    "date_precision",
    "date_uncertain",
    "date_contested",
    "attribution_contested",
    "damage_grade",
    "source_scheme",
    "source_value",
    "extent",
    "condition",
    "fabric_status",
    "certainty",
    "suspected",
    "method",
    "causes",
    "effects",
    "threats",
    "risks",
    "access",
    "recommended_action",
    "recommended_group",
    "recommended_urgency",
    "source",
    "source_year",
    "source_citation",
    "source_url",
    "source_archive_url",
    "narrative",
    "language",
    "confidential",
    "cites",
]
"""What a report says, in reading and in writing."""


class SourceOfReportSerializer(serializers.ModelSerializer):
    class Meta:
        model = Source
        fields = ["name", "kind"]


class DisturbanceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Disturbance
        fields = ["category", "cause", "certainty", "occurred_from", "occurred_to"]


class EffectSerializer(serializers.ModelSerializer):
    class Meta:
        model = Effect
        fields = ["effect", "cause", "certainty"]


class RiskSerializer(serializers.ModelSerializer):
    class Meta:
        model = RiskToPeople
        fields = ["danger", "certainty", "note"]


class ThreatSerializer(serializers.ModelSerializer):
    class Meta:
        model = Threat
        fields = ["category", "cause", "probability"]


class ConditionReportSerializer(Shaped, serializers.ModelSerializer):
    """What somebody observed of one monument at one time. Its author is never told."""

    url = serializers.HyperlinkedIdentityField(view_name="api:condition-report-detail")
    monument: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    site: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True, source="monument.site")
    observed_on = serializers.DateField(read_only=True, allow_null=True, help_text="From this day on it counts.")
    damage_grade = serializers.ChoiceField(
        DamageGrade.choices, allow_blank=True, help_text="Empty for threats and situations, which have none."
    )
    causes = DisturbanceSerializer(source="disturbances", many=True)
    effects = EffectSerializer(many=True)
    risks = RiskSerializer(many=True, help_text="What endangers people on the site.")
    grade_as_given = serializers.SerializerMethodField(
        help_text="What `source_value` means in our scale; empty: it says nothing of damage."
    )
    cites: Any = serializers.PrimaryKeyRelatedField(
        many=True, read_only=True, help_text="The reports whose contradiction this finding settles."
    )
    incident: Any = serializers.PrimaryKeyRelatedField(read_only=True, help_text="What several reports tell of.")
    repeats: Any = serializers.PrimaryKeyRelatedField(
        read_only=True, help_text="The report whose account this one only repeats."
    )
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
            *CONTENT,
            "observed_on",
            "grade_as_given",
            "state",
            "verification_method",
            "published_at",
            "retracted_at",
            "retraction_reason",
            "incident",
            "repeats",
            "supersedes",
            "superseded_by",
            "version",
        ]
        expandable = {
            "monument": (MonumentSerializer, ["monument__names", "monument__designations", "monument__parent"]),
            "site": (SiteSerializer, ["monument__site__names", "monument__site__designations"]),
        }

    def get_grade_as_given(self, report: ConditionReport) -> str:
        return report.as_given.damage_grade if report.source_scheme else ""

    def get_superseded_by(self, report: Any) -> str | None:
        standing = [c for c in report.published_corrections if c.retracted_at is None]
        return str(standing[0].pk) if standing else None
